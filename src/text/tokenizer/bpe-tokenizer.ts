import { BadInput } from '../../errors.ts';
import type { Random } from '../random.ts';
import { CharacterTokenizer } from './character-tokenizer.ts';
import { forEachPiece } from './pieces.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Two tokens that are joined to a third, in the order in which they were learned. */
export type Merge = readonly [left: string, right: string];

/** Pieces whose ids are remembered: words come again. */
const mostRemembered = 1 << 18;

/** Byte-pair encoding: a piece begins as its characters, and its pairs are merged in the order of `merges`. */
export class BpeTokenizer implements Tokenizer {
  readonly kind = 'bpe';
  readonly tokens: readonly string[];
  readonly merges: readonly Merge[];
  readonly lengths: Int32Array; // [V]
  readonly newlineId: number;
  readonly #alphabet: CharacterTokenizer;
  readonly #ids: ReadonlyMap<string, number>;
  /** By left · V + right: the place among the merges. */
  readonly #ranks: ReadonlyMap<number, number>;
  /** By the place among the merges: the id of what it joins to. */
  readonly #joined: Int32Array;
  readonly #remembered = new Map<string, Int32Array>();

  /**
   * @param tokens characters and what merges join, in the order of their ids
   * @throws BadInput where a merge is of or to no token, a token comes twice or the newline is none
   */
  constructor(tokens: readonly string[], merges: readonly Merge[]) {
    this.tokens = tokens;
    this.merges = merges;
    this.lengths = Int32Array.from(tokens, (token) => [...token].length);
    this.#ids = new Map(tokens.map((token, id) => [token, id]));
    if (this.#ids.size !== tokens.length) throw damaged('a token comes twice');
    this.#alphabet = CharacterTokenizer.of(
      tokens.filter((_, id) => this.lengths[id] === 1).join(''),
    );
    this.newlineId = this.idOf('\n');
    const ranks = new Map<number, number>();
    this.#joined = Int32Array.from(merges, ([left, right], rank) => {
      const [leftId, rightId, id] = [left, right, left + right].map((text) => this.idOf(text));
      if (leftId === undefined || rightId === undefined || id === undefined) return -1;
      if (leftId < 0 || rightId < 0 || id < 0) {
        throw damaged(`merge ${rank}, ${JSON.stringify([left, right])}, is not of its tokens`);
      }
      const key = leftId * tokens.length + rightId;
      if (ranks.has(key)) throw damaged(`merge ${rank} comes twice`);
      ranks.set(key, rank);
      return id;
    });
    this.#ranks = ranks;
  }

  get size(): number {
    return this.tokens.length;
  }

  get characters(): readonly string[] {
    return this.#alphabet.tokens;
  }

  idOf(token: string): number {
    return this.#ids.get(token) ?? -1;
  }

  has(character: string): boolean {
    return this.#alphabet.has(character);
  }

  encode(text: string): Int32Array {
    return this.#encode(text, (piece) => {
      const known = this.#remembered.get(piece);
      if (known) return known;
      const ids = this.#merge(piece);
      if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
      this.#remembered.set(piece, ids);
      return ids;
    });
  }

  /**
   * The ids of a text, with merges left out at random, so that a network meets other spellings of its words (BPE-dropout,
   * Provilkov et al. 2020): at every step each merge that could be made is passed over with this probability.
   * @throws BadInput on a character that is not among `characters`
   */
  encodeWithDropout(text: string, dropout: number, random: Random): Int32Array {
    return this.#encode(text, (piece) => this.#merge(piece, () => random.next() < dropout));
  }

  decode(ids: ArrayLike<number>): string {
    return Array.from(ids, (id) => {
      const token = this.tokens[id];
      if (token === undefined) throw new RangeError(`No token has the id ${id}.`);
      return token;
    }).join('');
  }

  /** The same merges over further characters, whose ids follow those that there are. */
  withCharacters(characters: readonly string[]): BpeTokenizer {
    const added = characters.filter((character) => !this.has(character));
    return new BpeTokenizer([...this.tokens, ...added], this.merges);
  }

  #encode(text: string, idsOf: (piece: string) => Int32Array): Int32Array {
    const ids = new Int32Array(text.length);
    let count = 0;
    forEachPiece(text, (piece) => {
      const id = piece.length === 1 ? this.#ids.get(piece) : undefined;
      if (id !== undefined) {
        ids[count++] = id;
        return;
      }
      const some = idsOf(piece);
      // Not `set`: the arrays are of a few ids.
      for (let at = 0; at < some.length; at++) ids[count++] = some[at] ?? 0;
    });
    // Its error says which character is unknown, and where.
    if (ids.includes(-1)) this.#alphabet.encode(text);
    return ids.slice(0, count);
  }

  /** @param isLeftOut asked of each merge that could be made, at each step */
  #merge(piece: string, isLeftOut: () => boolean = () => false): Int32Array {
    const ids = Int32Array.from(piece, (character) => this.idOf(character));
    const V = this.size;
    for (let length = ids.length; ; length--) {
      let best = this.#joined.length;
      let place = -1;
      for (let at = 0; at + 1 < length; at++) {
        const rank = this.#ranks.get((ids[at] ?? 0) * V + (ids[at + 1] ?? 0));
        if (rank !== undefined && !isLeftOut() && rank < best) {
          best = rank;
          place = at;
        }
      }
      if (place < 0) return ids.slice(0, length);
      ids[place] = this.#joined[best] ?? 0;
      ids.copyWithin(place + 1, place + 2, length);
    }
  }
}

function damaged(what: string): BadInput {
  return new BadInput(
    `The tokenizer is inconsistent: ${what}.`,
    'Download or export the file again; this one is damaged or not ours.',
  );
}
