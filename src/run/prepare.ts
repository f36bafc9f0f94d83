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

/**
 * What a network reads in where nothing is chosen, by what learned most in the same time (docs/quality.md): from so many
 * UTF-16 units of a training part on subwords, and of a short one fewer.
 */
export const automatic = {
  leastForSubwords: 60_000,
  leastForUsualSize: 400_000,
  smallVocabularySize: 256,
} as const;

/** Which tokenizer a new network is to have. */
export type TokenizerChoice =
  | { readonly kind: 'char' }
  /** @param size tokens, 128 to 4,096 @default usualVocabularySize */
  | { readonly kind: 'bpe'; readonly size?: number }
  /** The one with which a network usually learns a text of this kind better. */
  | { readonly kind: 'auto' };

/**
 * @param tokenizer the one of a network that is there already, or which one to make of this text
 * @throws BadInput where the text has no held-out part, or too many characters for the tokenizer
 */
export function prepareText(
  corpus: Corpus,
  heldOut: HeldOut,
  tokenizer: Tokenizer | TokenizerChoice,
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
  switch (choice.kind) {
    case 'char':
      return characters;
    case 'bpe':
      return learnBpe(training, characters, choice.size ?? usualVocabularySize);
    case 'auto': {
      const size = automaticSize(training.length, characters.size);
      return size === undefined ? characters : learnBpe(training, characters, size);
    }
  }
}

/**
 * How many tokens suit a text, or undefined where characters suit it better: in a short text a subword stands too few
 * times to be learned, and where the characters fill most of a vocabulary there is room for few.
 */
function automaticSize(length: number, characters: number): number | undefined {
  const { leastForSubwords, leastForUsualSize, smallVocabularySize } = automatic;
  if (length < leastForSubwords) return undefined;
  const sizes =
    length < leastForUsualSize ? [smallVocabularySize, usualVocabularySize] : [usualVocabularySize];
  return sizes.find((size) => characters <= size / 2);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
