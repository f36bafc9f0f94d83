import type { PassageKind } from '../text/corpus.ts';
import { sentenceEndsBefore } from '../text/sentences.ts';

/** Where a text ends: at whichever comes first. */
export interface StopOptions {
  /** The most characters to draw. */
  readonly characters: number;
  /** Verses, paragraphs or lines, the one that the seed begins included. */
  readonly passages?: number;
  /** Which of them a passage is. @default 'paragraph' */
  readonly passageKind?: PassageKind;
  /** Sentences, the one that the seed begins included. */
  readonly sentences?: number;
}

/**
 * Watches a text as it is drawn. Only what comes next tells whether a sentence or paragraph has ended, so white space is
 * held back until it is known to belong to the text.
 */
export class Stop {
  readonly #options: StopOptions;
  #characters = 0;
  #passages = 0;
  #sentences = 0;
  #sentence = '';
  /** Whether the passage has begun, and whether a line break came last. */
  #begun = false;
  #afterLine = false;
  #held = '';

  /** @param seed the text that is continued */
  constructor(options: StopOptions, seed: string) {
    this.#options = options;
    for (const character of seed) this.#follow(character);
    this.#passages = 0;
    this.#sentences = 0;
  }

  /** Takes the next character. @returns what now certainly belongs to the text, and whether the text has ended */
  add(character: string): { readonly text: string; readonly ended: boolean } {
    const { characters, passages = Infinity, sentences = Infinity } = this.#options;
    if (this.#characters >= characters) return { text: this.#held, ended: true };
    this.#characters++;
    this.#follow(character);
    if (this.#passages >= passages || this.#sentences >= sentences)
      return { text: '', ended: true };
    this.#held += character;
    const isFree = passages === Infinity && sentences === Infinity;
    if (!isFree && /\s/.test(character)) return { text: '', ended: false };
    const text = this.#held;
    this.#held = '';
    return { text, ended: false };
  }

  #follow(character: string): void {
    const { passageKind = 'paragraph' } = this.#options;
    if (sentenceEndsBefore(this.#sentence, character)) this.#endSentence();
    this.#sentence += character;
    if (character !== '\n') {
      if (/\s/.test(character)) return;
      this.#begun = true;
      this.#afterLine = false;
      return;
    }
    const ends = this.#begun && (passageKind !== 'paragraph' || this.#afterLine);
    this.#afterLine = true;
    if (!ends) return;
    this.#passages++;
    this.#begun = false;
    // A verse may end within a sentence.
    if (passageKind !== 'verse' && this.#sentence.trim() !== '') this.#endSentence();
  }

  #endSentence(): void {
    this.#sentences++;
    this.#sentence = '';
  }
}
