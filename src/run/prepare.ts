import { createHash } from 'node:crypto';
import type { Corpus, HeldOut } from '../text/corpus.ts';
import { splitCorpus } from '../text/split.ts';
import { CharacterTokenizer } from '../text/tokenizer/character-tokenizer.ts';
import { learnBpe } from '../text/tokenizer/learn-bpe.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** A text made ready to train on. */
export interface PreparedText {
  readonly tokenizer: Tokenizer;
  /** The ids of the training part, and its text. */
  readonly training: Int32Array;
  readonly trainingText: string;
  /** Null where nothing is held out. */
  readonly validation: Int32Array | null;
  /** The SHA-256 of the validation part's text: figures compare where it is the same. */
  readonly heldOutHash: string | null;
}

/** The default V of a byte-pair encoding. */
export const usualVocabularySize = 512;

/** Which tokenizer a new network is to have. */
export type TokenizerChoice =
  | { readonly kind: 'char' }
  /** @param size tokens, 128 to 4,096 */
  | { readonly kind: 'bpe'; readonly size: number };

/**
 * @param tokenizer the one of a network that is there already, or which one to make of this text @default characters
 * @throws BadInput where the text has no held-out part, or too many characters for the tokenizer
 */
export function prepareText(
  corpus: Corpus,
  heldOut: HeldOut,
  tokenizer: Tokenizer | TokenizerChoice = { kind: 'char' },
): PreparedText {
  const parts = splitCorpus(corpus, heldOut);
  const made =
    'encode' in tokenizer ? tokenizer : makeTokenizer(corpus.text, parts.training, tokenizer);
  return {
    tokenizer: made,
    training: made.encode(parts.training),
    trainingText: parts.training,
    validation: heldOut === 'none' ? null : made.encode(parts.validation),
    heldOutHash: heldOut === 'none' ? null : sha256(parts.validation),
  };
}

/** Its characters are those of the whole text, so that all of it can be read; its subwords are the training part's. */
function makeTokenizer(whole: string, training: string, choice: TokenizerChoice): Tokenizer {
  const characters = CharacterTokenizer.of(whole);
  return choice.kind === 'char' ? characters : learnBpe(training, characters, choice.size);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
