import { CharacterTokenizer } from './character-tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The characters that all of some tokenizers know, the newline always among them: what several networks can be compared on. */
export function sharedCharacters(tokenizers: readonly Tokenizer[]): Tokenizer {
  const [first, ...others] = tokenizers;
  const shared = first?.characters.filter((character) =>
    others.every((tokenizer) => tokenizer.has(character)),
  );
  return CharacterTokenizer.of((shared ?? []).join(''));
}
