import type { Checkpoint } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';
import { listRuns, type Run } from '../../src/store/runs.ts';
import { listServing, runCheckpoint } from '../../src/store/serving.ts';

/** A network that can write, by the checkpoint that it would write by. */
export interface WritableNetwork {
  readonly run: Run;
  readonly checkpoint: Checkpoint;
  /** Whether it is the one that serves its text. */
  readonly serves: boolean;
}

/** Every run with a checkpoint: those that serve a text first, by its name, then the newest first. */
export function writableNetworks(store: Store, now: number): WritableNetwork[] {
  return store.snapshot(() => {
    const runs = listRuns(store, now);
    const served = listServing(store).flatMap(({ checkpoint }): WritableNetwork[] => {
      const run = runs.find(({ id }) => id === checkpoint.run);
      return run ? [{ run, checkpoint, serves: true }] : [];
    });
    const others = runs.flatMap((run): WritableNetwork[] => {
      if (served.some((each) => each.run.id === run.id)) return [];
      const checkpoint = runCheckpoint(store, run.id);
      return checkpoint ? [{ run, checkpoint, serves: false }] : [];
    });
    return [...served, ...others];
  });
}
