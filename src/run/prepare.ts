import { type Corpus, type HeldOut, wholeText } from '../text/corpus.ts';
import { splitCorpus } from '../text/split.ts';
import { Vocabulary } from '../text/vocabulary.ts';

/** A text made ready to train on. */
export interface PreparedText {
  readonly vocabulary: Vocabulary;
  readonly training: Int32Array;
  /** Null where nothing is held out. */
  readonly validation: Int32Array | null;
}

/** @param vocabulary the one of a network that is there already, else that of the whole text */
export function prepareText(
  corpus: Corpus,
  heldOut: HeldOut,
  vocabulary = Vocabulary.of(wholeText(corpus)),
): PreparedText {
  const parts = splitCorpus(corpus, heldOut);
  return {
    vocabulary,
    training: vocabulary.encode(parts.training),
    validation: heldOut === 'none' ? null : vocabulary.encode(parts.validation),
  };
}
