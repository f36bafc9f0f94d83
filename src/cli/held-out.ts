import type { Engine } from '../engine/engine.ts';
import { BadInput } from '../errors.ts';
import { openCorpusOf, openLearnedCorpus } from '../run/corpora.ts';
import type { NetworkFile } from '../run/model-file.ts';
import type { Store } from '../store/database.ts';
import { splitCorpus } from '../text/split.ts';
import { charactersIn } from '../text/tokenizer/tokenizer.ts';
import { evaluationShape, heldOutBits } from '../train/evaluation.ts';
import { withScorer } from './engines.ts';

export type HeldOutPart = 'validation' | 'test';

export interface Evaluated
  extends Pick<NetworkFile, 'config' | 'tokenizer' | 'weights' | 'settings'>,
    Partial<Pick<NetworkFile, 'textHash'>> {
  /** The run that it is of, where it is one's. */
  readonly run?: number;
}

export interface HeldOutReading {
  readonly bitsPerCharacter: number;
  /** Of the part. */
  readonly characters: number;
}

/**
 * How well a network predicts a part of a text that was held out from its training.
 * @throws EscribaError where nothing was held out, or the text is not on this machine or another one
 */
export async function readHeldOut(
  store: Store,
  engine: string | Engine,
  { config, tokenizer, weights, settings, run, textHash = null }: Evaluated,
  corpus: string,
  part: HeldOutPart,
): Promise<HeldOutReading> {
  if (settings?.heldOut === 'none') {
    throw new BadInput(
      'It learned the whole text; nothing was held out.',
      `Let it read another text with \`escriba score ${corpus} FILE\`.`,
    );
  }
  const learned =
    run === undefined
      ? openLearnedCorpus(store, corpus, textHash, {
          learner: 'the network in the file',
          otherwise: 'let it read this one with `escriba score`',
        })
      : openCorpusOf(store, { id: run, corpus });
  const text = splitCorpus(await learned, 'units')[part];
  const ids = tokenizer.encode(text);
  const bitsPerCharacter = await withScorer(engine, { ...evaluationShape, config }, (scorer) =>
    heldOutBits(scorer, weights, ids, tokenizer),
  );
  return { bitsPerCharacter, characters: charactersIn(tokenizer, ids) };
}
