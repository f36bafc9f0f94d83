import { createHash } from 'node:crypto';
import { type Corpus, type HeldOut, wholeText } from '../text/corpus.ts';
import { splitCorpus } from '../text/split.ts';
import { CharacterTokenizer } from '../text/tokenizer/character-tokenizer.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** A text made ready to train on. */
export interface PreparedText {
  readonly tokenizer: Tokenizer;
  readonly training: Int32Array;
  /** Null where nothing is held out. */
  readonly validation: Int32Array | null;
  /** The SHA-256 of the validation part's text: figures compare where it is the same. */
  readonly heldOutHash: string | null;
}

/** @param tokenizer the one of a network that is there already, else that of the whole text */
export function prepareText(
  corpus: Corpus,
  heldOut: HeldOut,
  tokenizer: Tokenizer = CharacterTokenizer.of(wholeText(corpus)),
): PreparedText {
  const parts = splitCorpus(corpus, heldOut);
  return {
    tokenizer,
    training: tokenizer.encode(parts.training),
    validation: heldOut === 'none' ? null : tokenizer.encode(parts.validation),
    heldOutHash: heldOut === 'none' ? null : sha256(parts.validation),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
