import { BadInput } from '../errors.ts';
import { networkOfRun, type StoredNetwork, servingNetwork } from '../run/models.ts';
import type { Store } from '../store/database.ts';
import { bits, count } from './format.ts';

/** The model that serves a corpus, or that of a run of it. @throws BadInput where there is none */
export function chosenModel(
  store: Store,
  corpus: string,
  run: number | undefined,
  now: number,
): StoredNetwork {
  if (run === undefined) return servingNetwork(store, corpus, now);
  const model = networkOfRun(store, run, now);
  if (model.run.corpus === corpus) return model;
  throw new BadInput(
    `Run ${run} learnt ${model.run.corpus}, not ${corpus}.`,
    `Say ${model.run.corpus}, or choose a run of ${corpus}: \`escriba runs\` shows them.`,
  );
}

/** `run 3, step 1,200, 1.523 bits per character` */
export function describeModel({ run, checkpoint }: StoredNetwork): string {
  const { step, bitsPerCharacter } = checkpoint;
  const figure = bitsPerCharacter === null ? '' : `, ${bits(bitsPerCharacter)} bits per character`;
  return `run ${run.id}, step ${count(step)}${figure}`;
}
