/** Words as linked lists of symbols, each distinct word once, with how often the text has it. */
export interface Words {
  /** [N] The symbol (a token's id) at each place; -1 where a merge took it into the one before. */
  readonly symbols: Int32Array;
  /** [N] The place of the symbol after and before in the same word, -1 at its ends. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** [N] How often the text has the word. */
  readonly counts: Int32Array;
}

/**
 * Where every pair of neighbouring symbols stands, and how often the text has it: kept up to date while pairs are
 * merged, so that a merge costs as much as there are places of its pair.
 */
export class PairLists {
  readonly #words: Words;
  readonly #size: number;
  /** [size²] by a pair's key: how often it is there, and the ends of the list of its places. */
  readonly #counts: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  /** [N] The list of a place's pair: the places of the same pair after and before it. */
  readonly #after: Int32Array;
  readonly #before: Int32Array;

  /** @param size symbols are below it */
  constructor(words: Words, size: number) {
    this.#words = words;
    this.#size = size;
    this.#counts = new Int32Array(size * size);
    this.#first = new Int32Array(size * size).fill(-1);
    this.#last = new Int32Array(size * size).fill(-1);
    this.#after = new Int32Array(words.symbols.length);
    this.#before = new Int32Array(words.symbols.length);
    for (let place = 0; place < words.symbols.length; place++) this.#add(place);
  }

  left(key: number): number {
    return Math.floor(key / this.#size);
  }

  right(key: number): number {
    return key % this.#size;
  }

  count(key: number): number {
    return this.#counts[key] ?? 0;
  }

  /** The keys of all pairs that there are. */
  *keys(): Generator<number, void, undefined> {
    for (let key = 0; key < this.#counts.length; key++) if (this.#counts[key]) yield key;
  }

  /**
   * Puts one symbol in place of every pair of this key, from left to right.
   * @returns the keys of pairs that there are more of now
   */
  merge(key: number, symbol: number): Set<number> {
    const { symbols, next, previous } = this.#words;
    const [left, right] = [this.left(key), this.right(key)];
    const places: number[] = [];
    for (let place = this.#first[key] ?? -1; place >= 0; place = this.#after[place] ?? -1) {
      places.push(place);
    }
    // Pairs that overlap (aa in aaa) are taken as the encoding takes them.
    if (left === right) places.sort((one, other) => one - other);
    const grown = new Set<number>();
    for (const place of places) {
      const second = next[place] ?? -1;
      if (symbols[place] !== left || second < 0 || symbols[second] !== right) continue;
      const before = previous[place] ?? -1;
      const after = next[second] ?? -1;
      this.#remove(before);
      this.#remove(place);
      this.#remove(second);
      symbols[place] = symbol;
      symbols[second] = -1;
      next[place] = after;
      if (after >= 0) previous[after] = place;
      this.#add(before, grown);
      this.#add(place, grown);
    }
    return grown;
  }

  /** The key of the pair that begins at a place, -1 where none does. */
  #keyAt(place: number): number {
    const { symbols, next } = this.#words;
    const second = place < 0 ? -1 : (next[place] ?? -1);
    return second < 0 ? -1 : (symbols[place] ?? 0) * this.#size + (symbols[second] ?? 0);
  }

  #add(place: number, grown?: Set<number>): void {
    const key = this.#keyAt(place);
    if (key < 0) return;
    const last = this.#last[key] ?? -1;
    this.#before[place] = last;
    this.#after[place] = -1;
    if (last < 0) this.#first[key] = place;
    else this.#after[last] = place;
    this.#last[key] = place;
    this.#counts[key] = this.count(key) + (this.#words.counts[place] ?? 0);
    grown?.add(key);
  }

  #remove(place: number): void {
    const key = this.#keyAt(place);
    if (key < 0) return;
    const before = this.#before[place] ?? -1;
    const after = this.#after[place] ?? -1;
    if (before < 0) this.#first[key] = after;
    else this.#after[before] = after;
    if (after < 0) this.#last[key] = before;
    else this.#before[after] = before;
    this.#counts[key] = this.count(key) - (this.#words.counts[place] ?? 0);
  }
}
