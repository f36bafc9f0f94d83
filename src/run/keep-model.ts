import { parameterCount } from '../network/parameters.ts';
import { writeCheckpoint } from '../store/checkpoints.ts';
import type { Store } from '../store/database.ts';
import { recordEvaluation, recordReached } from '../store/metrics.ts';
import { createRun, endRun } from '../store/run-lifecycle.ts';
import type { Run } from '../store/runs.ts';
import { recordSample } from '../store/samples.ts';
import { saveTokenizer } from '../text/tokenizer/saved-tokenizer.ts';
import type { NetworkFile } from './model-file.ts';

const unknown = { passes: 0, elapsed: 0 };

/**
 * Keeps a network from a file as a run that has ended, whole or not at all.
 * @returns the run
 */
export function keepModel(
  store: Store,
  file: NetworkFile,
  { corpus, origin }: Pick<Run, 'corpus' | 'origin'>,
  now: number,
): number {
  const { config, tokenizer, weights, settings, machine, step, bitsPerCharacter } = file;
  return store.transaction(() => {
    const lease = createRun(
      store,
      {
        corpus,
        origin,
        parent: null,
        network: config,
        settings,
        machine,
        ...saveTokenizer(tokenizer),
        parameters: parameterCount(config),
        ...(file.textHash !== null && { textHash: file.textHash }),
        heldOutHash: file.heldOutHash,
      },
      now,
    );
    const { passes, elapsed } = file.evaluations.find((each) => each.step === step) ?? unknown;
    for (const evaluation of file.evaluations) {
      if (evaluation.step !== step) recordEvaluation(store, lease, evaluation, now);
    }
    if (bitsPerCharacter !== null) {
      recordEvaluation(store, lease, { step, passes, elapsed, bitsPerCharacter }, now);
    }
    recordReached(store, lease, { step, passes, elapsed }, now);
    for (const sample of file.samples) recordSample(store, lease, sample, now);
    const figure = bitsPerCharacter === null ? {} : { bitsPerCharacter };
    writeCheckpoint(store, lease, { step, kind: 'best', weights, ...figure }, now);
    endRun(store, lease, { state: 'finished' }, now);
    return lease.run;
  });
}
