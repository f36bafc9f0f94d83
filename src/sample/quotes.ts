import { setImmediate as turn } from 'node:timers/promises';

/** The longest span that a text shares verbatim with another. */
export interface Quote {
  /** Where it begins in the text that was asked about, and in the source; in UTF-16 units. */
  readonly at: number;
  readonly sourceAt: number;
  readonly length: number;
}

/** Positions are sorted by this many following characters; spans that agree for longer count as equal. */
const longestQuote = 2_000;
/** Sources with more words are not indexed: an index takes 4 bytes a word. */
export const mostWords = 5_000_000;
/** Characters compared before the event loop gets a turn: a few milliseconds. */
const lookAtOnce = 200_000;

/**
 * Finds what texts copy verbatim from a source. A span begins where a word begins, in the text and in the
 * source, and ends where a word of the text ends. The index is the source's word beginnings in the order of what
 * follows them (a suffix array of words: Manber and Myers, 1990), sorted by multikey quicksort (Bentley and
 * Sedgewick, 1997).
 */
export class QuoteIndex {
  readonly #source: string;
  readonly #places: Int32Array;

  private constructor(source: string, places: Int32Array) {
    this.#source = source;
    this.#places = places;
  }

  /** Takes a second for a million words, without blocking the event loop. Null if the source has too many words. */
  static async build(source: string): Promise<QuoteIndex | null> {
    const places = wordBeginnings(source, mostWords + 1);
    if (places.length > mostWords) return null;
    await sortPlaces(source, places);
    return new QuoteIndex(source, places);
  }

  /** The longest span, the first of several in the text and then in the source; null where there is none. */
  longest(text: string): Quote | null {
    const ends = wordEnds(text);
    let best = { at: 0, length: 0, position: 0 };
    for (const at of wordBeginnings(text, text.length)) {
      const position = this.#closest(text, at);
      const common = commonLength(text, at, this.#source, this.#places[position] ?? 0);
      const end = ends.findLast((each) => each <= at + common) ?? 0;
      if (end - at > best.length) best = { at, length: end - at, position };
    }
    const { at, length, position } = best;
    return length === 0
      ? null
      : { at, length, sourceAt: this.#firstOf(position, text, at, length) };
  }

  /** Index of the entry that shares the longest prefix with the text. */
  #closest(text: string, at: number): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (follows(this.#source, this.#places[middle] ?? 0, text, at)) high = middle;
      else low = middle + 1;
    }
    const common = (position: number) =>
      commonLength(text, at, this.#source, this.#places[position] ?? this.#source.length);
    return low > 0 && common(low - 1) >= common(low) ? low - 1 : low;
  }

  /** The earliest place in the source of a span that the index has at a position. */
  #firstOf(position: number, text: string, at: number, length: number): number {
    const has = (place: number | undefined): place is number =>
      place !== undefined && commonLength(text, at, this.#source, place) >= length;
    let first = this.#places[position] ?? 0;
    for (const step of [-1, 1]) {
      for (let next = position + step; ; next += step) {
        const place = this.#places[next];
        if (!has(place)) break;
        first = Math.min(first, place);
      }
    }
    return first;
  }
}

/** Whether a UTF-16 unit belongs to a word: 1 no, 2 yes, 0 not yet known. */
const wordUnits = new Uint8Array(0x10000);

function isOfWord(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const unit = text.charCodeAt(at);
  const known = wordUnits[unit];
  if (known) return known === 2;
  // Surrogates count as letters.
  const isOne = /[\p{L}\p{M}\p{N}\p{Cs}]/u.test(String.fromCharCode(unit));
  wordUnits[unit] = isOne ? 2 : 1;
  return isOne;
}

function wordBeginnings(text: string, most: number): Int32Array {
  const places = new Int32Array(Math.min(most, Math.ceil(text.length / 2)));
  let count = 0;
  for (let at = 0; at < text.length && count < most; at++) {
    if (isOfWord(text, at) && !isOfWord(text, at - 1)) places[count++] = at;
  }
  return places.slice(0, count);
}

function wordEnds(text: string): number[] {
  const ends: number[] = [];
  for (let end = 1; end <= text.length; end++) {
    if (isOfWord(text, end - 1) && !isOfWord(text, end)) ends.push(end);
  }
  return ends;
}

function commonLength(one: string, oneAt: number, other: string, otherAt: number): number {
  const most = Math.min(one.length - oneAt, other.length - otherAt, longestQuote);
  let length = 0;
  while (length < most && one.charCodeAt(oneAt + length) === other.charCodeAt(otherAt + length)) {
    length++;
  }
  return length;
}

/** Whether the suffix at one position sorts after the suffix at the other, or equals it. */
function follows(one: string, oneAt: number, other: string, otherAt: number): boolean {
  const common = commonLength(one, oneAt, other, otherAt);
  if (common === longestQuote) return true;
  return unitAt(one, oneAt + common) >= unitAt(other, otherAt + common);
}

/** The UTF-16 unit, -1 after the end. */
function unitAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : -1;
}

/** Sorts positions by the text that follows them. */
async function sortPlaces(text: string, places: Int32Array): Promise<void> {
  let looked = 0;
  const waiting: { low: number; high: number; depth: number }[] = [
    { low: 0, high: places.length, depth: 0 },
  ];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const { low, high, depth } = part;
    if (high - low < 2 || depth === longestQuote) continue;
    looked += high - low;
    if (looked > lookAtOnce) {
      looked = 0;
      await turn();
    }
    const unit = (position: number) => unitAt(text, (places[position] ?? 0) + depth);
    const pivot = unit((low + high) >> 1);
    let less = low;
    let more = high;
    for (let position = low; position < more; ) {
      const here = unit(position);
      if (here < pivot) swap(places, less++, position++);
      else if (here > pivot) swap(places, --more, position);
      else position++;
    }
    waiting.push({ low, high: less, depth }, { low: more, high, depth });
    if (pivot >= 0) waiting.push({ low: less, high: more, depth: depth + 1 });
  }
}

function swap(places: Int32Array, one: number, other: number): void {
  const kept = places[one] ?? 0;
  places[one] = places[other] ?? 0;
  places[other] = kept;
}
