import { BadInput } from '../errors.ts';
import { openCorpus } from '../run/corpora.ts';
import type { ModelFile } from '../run/model-file.ts';
import type { Store } from '../store/database.ts';
import { splitCorpus } from '../text/split.ts';
import { evaluationShape, heldOutBits } from '../train/evaluation.ts';
import { withScorer } from './engines.ts';

export type HeldOutPart = 'validation' | 'test';

export type Evaluated = Pick<ModelFile, 'config' | 'vocabulary' | 'weights' | 'settings'>;

export interface HeldOutReading {
  readonly bitsPerCharacter: number;
  /** Of the part. */
  readonly characters: number;
}

/**
 * How well a network foretells a part of a text that was held out while it learnt.
 * @throws BadInput where nothing was held out, or the text is not on this machine
 */
export async function readHeldOut(
  store: Store,
  engine: string,
  { config, vocabulary, weights, settings }: Evaluated,
  corpus: string,
  part: HeldOutPart,
): Promise<HeldOutReading> {
  if (settings?.heldOut === 'none') {
    throw new BadInput(
      'It learnt the whole text: nothing of it was held out.',
      `Let it read another text with \`escriba score ${corpus} FILE\`.`,
    );
  }
  const text = splitCorpus(await openCorpus(store, corpus), 'units')[part];
  const ids = vocabulary.encode(text);
  const bitsPerCharacter = await withScorer(engine, { ...evaluationShape, config }, (scorer) =>
    heldOutBits(scorer, weights, ids, vocabulary.newlineId),
  );
  return { bitsPerCharacter, characters: text.length };
}
