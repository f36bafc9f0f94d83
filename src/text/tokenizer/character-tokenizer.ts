import { BadInput } from '../../errors.ts';
import { describeCodePoint, forEachCodePoint, singleCodePoint } from './code-points.ts';
import type { Tokenizer } from './tokenizer.ts';

const newline = 0x0a;

/** The tokenizer whose every token is one character. */
export class CharacterTokenizer implements Tokenizer {
  readonly kind = 'char';
  /** V characters sorted by code point, none twice, the newline among them. */
  readonly tokens: readonly string[];
  readonly lengths: Int32Array; // [V]
  readonly newlineId: number;
  /** The id by code point, -1 for a character that is not here. */
  readonly #ids: Int32Array;

  private constructor(codePoints: readonly number[]) {
    this.tokens = codePoints.map((codePoint) => String.fromCodePoint(codePoint));
    this.lengths = new Int32Array(codePoints.length).fill(1); // [V]
    this.#ids = new Int32Array((codePoints.at(-1) ?? -1) + 1).fill(-1);
    for (const [id, codePoint] of codePoints.entries()) this.#ids[codePoint] = id;
    this.newlineId = this.idOf('\n');
    if (this.newlineId < 0) {
      throw new BadInput(
        'The vocabulary has no newline, and every text begins after one.',
        'Use a text, or a model trained on a text, that has more than one line.',
      );
    }
  }

  /** The different characters of a text, and the newline that every text begins after. */
  static of(text: string): CharacterTokenizer {
    const seen = new Uint8Array(0x110000);
    seen[newline] = 1;
    forEachCodePoint(text, (codePoint) => {
      seen[codePoint] = 1;
    });
    const codePoints: number[] = [];
    for (let found = seen.indexOf(1); found >= 0; found = seen.indexOf(1, found + 1)) {
      codePoints.push(found);
    }
    return new CharacterTokenizer(codePoints);
  }

  /**
   * A vocabulary from outside: the parsed JSON array of its characters.
   *
   * @throws BadInput if it is not an array of single characters, sorted by code point, none twice, with a newline.
   */
  static parse(value: unknown): CharacterTokenizer {
    const remedy = 'Download or export the file again; this one is damaged or not ours.';
    if (!Array.isArray(value)) throw new BadInput('The vocabulary is not a JSON array.', remedy);
    const codePoints: number[] = [];
    for (const [place, entry] of value.entries()) {
      const codePoint = singleCodePoint(entry);
      if (codePoint === undefined) {
        throw new BadInput(
          `Entry ${place} of the vocabulary is ${JSON.stringify(entry)}, not one character.`,
          remedy,
        );
      }
      if (codePoint <= (codePoints.at(-1) ?? -1)) {
        throw new BadInput(
          `Entry ${place} of the vocabulary, ${describeCodePoint(codePoint)}, is not sorted after the one before it.`,
          remedy,
        );
      }
      codePoints.push(codePoint);
    }
    return new CharacterTokenizer(codePoints);
  }

  /** V: how many characters there are. */
  get size(): number {
    return this.tokens.length;
  }

  /** The tokens themselves. */
  get characters(): readonly string[] {
    return this.tokens;
  }

  /** The id of one character, -1 if it is not here. */
  idOf(character: string): number {
    const codePoint = singleCodePoint(character);
    return codePoint === undefined ? -1 : (this.#ids[codePoint] ?? -1);
  }

  has(character: string): boolean {
    return this.idOf(character) >= 0;
  }

  /** The ids of a text's characters. @throws BadInput on a character that is not here. */
  encode(text: string): Int32Array {
    const ids = new Int32Array(text.length);
    const count = forEachCodePoint(text, (codePoint, place) => {
      const id = this.#ids[codePoint] ?? -1;
      if (id < 0) {
        throw new BadInput(
          `Character ${place + 1} of the text, ${describeCodePoint(codePoint)}, is not in the vocabulary of ${this.size} characters.`,
          'Leave it out, or train on a text that has it.',
        );
      }
      ids[place] = id;
    });
    return ids.subarray(0, count);
  }

  /** The text of these ids. @throws RangeError on an id that is not 0 to V-1. */
  decode(ids: ArrayLike<number>): string {
    return Array.from(ids, (id) => {
      const character = this.tokens[id];
      if (character === undefined) throw new RangeError(`No character has the id ${id}.`);
      return character;
    }).join('');
  }
}
