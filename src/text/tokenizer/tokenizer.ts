/** `char`: every token is one character. `bpe`: byte-pair encoding joins characters that often meet. */
export type TokenizerKind = 'char' | 'bpe';

/** Reads a text as ids of V tokens, and ids as a text. A character is one Unicode code point. */
export interface Tokenizer {
  readonly kind: TokenizerKind;
  /** The V tokens in the order of their ids, none empty, none twice. */
  readonly tokens: readonly string[];
  /** V */
  readonly size: number;
  /** [V] Characters of each token. */
  readonly lengths: Int32Array;
  /** The characters of which any text can be encoded, sorted by code point; each is a token too. */
  readonly characters: readonly string[];
  /** The id of the newline, which is always a token by itself: what every text begins after. */
  readonly newlineId: number;
  /** Whether texts may have this character. */
  has(character: string): boolean;
  /** The id of a token, -1 if it is not one. */
  idOf(token: string): number;
  /** The ids of a text. @throws BadInput on a character that is not among `characters` */
  encode(text: string): Int32Array;
  /** The text of these ids. @throws RangeError on an id that is not 0 to V-1 */
  decode(ids: ArrayLike<number>): string;
}

/** What it takes to count the characters of ids, and to begin a text. */
export type TokenSizes = Pick<Tokenizer, 'kind' | 'lengths' | 'newlineId'>;

/** Characters of the text that these ids are. */
export function charactersIn({ kind, lengths }: TokenSizes, ids: Int32Array): number {
  return kind === 'char' ? ids.length : ids.reduce((sum, id) => sum + (lengths[id] ?? 0), 0);
}
