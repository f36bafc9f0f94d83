import { BpeTokenizer } from './bpe-tokenizer.ts';
import { CharacterTokenizer } from './character-tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A tokenizer with its own tokens, under other ids maybe, and further characters. */
export function extendTokenizer(tokenizer: Tokenizer, characters: readonly string[]): Tokenizer {
  if (tokenizer instanceof BpeTokenizer) return tokenizer.withCharacters(characters);
  return CharacterTokenizer.of([...tokenizer.characters, ...characters].join(''));
}
