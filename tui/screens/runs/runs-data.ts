import { readCurve } from '../../../src/store/curve.ts';
import type { Store } from '../../../src/store/database.ts';
import { type Evaluation, readEvaluations } from '../../../src/store/metrics.ts';
import { listRuns, type Run } from '../../../src/store/runs.ts';
import { listSamples, type Sample } from '../../../src/store/samples.ts';
import { listServing, type Serving } from '../../../src/store/serving.ts';
import type { RunCurves } from '../charts/look.ts';

export interface RunsData {
  readonly runs: readonly Run[];
  readonly serving: readonly Serving[];
}

export function readRuns(store: Store, now: number): RunsData {
  return store.snapshot(() => ({ runs: listRuns(store, now), serving: listServing(store) }));
}

/** Reads the validation figures of runs, each once as long as nothing is written to it. */
export function evaluationsReader(store: Store): (run: Run) => readonly Evaluation[] {
  const known = new Map<number, { readonly updated: number; readonly of: readonly Evaluation[] }>();
  return (run) => {
    const old = known.get(run.id);
    if (old?.updated === run.updated) return old.of;
    const read = readEvaluations(store, run.id);
    known.set(run.id, { updated: run.updated, of: read });
    return read;
  };
}

/** The curves of runs to draw, and the newest samples of the one whose texts are shown. */
export function readCurves(
  store: Store,
  runs: readonly Run[],
  sampled: Run | undefined,
  points: number,
  zoomFrom: number,
): { readonly drawn: readonly RunCurves[]; readonly samples: readonly Sample[] } {
  return {
    drawn: runs.map((run) => ({
      run,
      curve: readCurve(store, run.id, { points, from: Math.floor(run.steps * zoomFrom) }),
      evaluations: readEvaluations(store, run.id),
    })),
    samples: sampled ? listSamples(store, sampled.id, 40) : [],
  };
}
