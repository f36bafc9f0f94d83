/** Where a text ends: at whichever comes first. */
export interface StopOptions {
  /** Characters drawn, at the most. */
  readonly characters: number;
  /** Verses (or other paragraphs), the one that the seed begins included. */
  readonly verses?: number;
  /** Sentences, the one that the seed begins included. */
  readonly sentences?: number;
}

/** Watches a text as it is drawn. */
export class Stop {
  readonly #options: StopOptions;
  #characters = 0;
  #verses = 0;
  #sentences = 0;
  #line: string;

  /** `seed` is the text that the drawn one goes on from. */
  constructor(options: StopOptions, seed: string) {
    this.#options = options;
    this.#line = seed.slice(seed.lastIndexOf('\n') + 1);
  }

  /** Whether the text is at its end before this character, which then is not part of it. */
  before(character: string): boolean {
    const { characters, verses, sentences } = this.#options;
    if (this.#characters >= characters) return true;
    this.#characters++;
    if (sentences !== undefined && /\s/.test(character) && /[.?!]["')\]]*$/.test(this.#line)) {
      this.#sentences++;
      if (this.#sentences >= sentences) return true;
    }
    if (character !== '\n') {
      this.#line += character;
      return false;
    }
    if (this.#line.trim() !== '') this.#verses++;
    this.#line = '';
    return verses !== undefined && this.#verses >= verses;
  }
}
