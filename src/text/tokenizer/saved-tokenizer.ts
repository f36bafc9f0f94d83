import { BadInput } from '../../errors.ts';
import { BpeTokenizer } from './bpe-tokenizer.ts';
import { CharacterTokenizer } from './character-tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { parseTokenizerJson, toTokenizerJson } from './tokenizer-json.ts';

/** A tokenizer as the store, a file and a thread hold it. */
export interface SavedTokenizer {
  /** The V tokens in the order of their ids. */
  readonly vocabulary: readonly string[];
  /** Of byte-pair encoding the `tokenizer.json`; null where every token is one character. */
  readonly tokenizer: string | null;
}

/** What `readTokenizer` makes the same tokenizer of. */
export function saveTokenizer(tokenizer: Tokenizer): SavedTokenizer {
  return {
    vocabulary: tokenizer.tokens,
    tokenizer: tokenizer instanceof BpeTokenizer ? toTokenizerJson(tokenizer) : null,
  };
}

/** @throws BadInput where it is damaged */
export function readTokenizer({ vocabulary, tokenizer }: SavedTokenizer): Tokenizer {
  if (tokenizer === null) return CharacterTokenizer.parse(vocabulary);
  const read = parseTokenizerJson(tokenizer);
  if (read.size === vocabulary.length && read.tokens.every((token, id) => token === vocabulary[id]))
    return read;
  throw new BadInput(
    'The vocabulary and the tokenizer are not of the same tokens.',
    'Download or export the file again; this one is damaged.',
  );
}
