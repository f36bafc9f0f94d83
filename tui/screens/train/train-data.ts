import { type Checkpoint, listCheckpoints } from '../../../src/store/checkpoints.ts';
import { type CurvePoint, readCurve } from '../../../src/store/curve.ts';
import type { Store } from '../../../src/store/database.ts';
import { type Evaluation, readEvaluations } from '../../../src/store/metrics.ts';
import {
  getRun,
  hasTrained,
  lastWrittenRunId,
  listRunIds,
  type Run,
} from '../../../src/store/runs.ts';
import { listSamples, type Sample } from '../../../src/store/samples.ts';
import { type ServingVerdict, servingVerdict } from '../../../src/store/serving.ts';
import { listUsage, type Usage } from '../../../src/store/usage.ts';
import { liveRuns } from '../../data/live-runs.ts';

/** All that the Train screen shows of a run. */
export interface TrainData {
  readonly run: Run;
  readonly curve: readonly CurvePoint[];
  readonly evaluations: readonly Evaluation[];
  readonly usage: readonly Usage[];
  /** The newest first. */
  readonly samples: readonly Sample[];
  /** The newest that the run could go on from. */
  readonly checkpoint: Checkpoint | null;
  /** Whether nothing was trained in this store yet: all of its runs were brought into it. */
  readonly isFirst: boolean;
  /** Another run that is under way, the newest. */
  readonly other: Run | null;
  /** Whether it writes for its text, and why, once it has finished. */
  readonly serving: ServingVerdict | null;
  readonly older: number | null;
  readonly newer: number | null;
}

/** Samples that are kept at hand. */
const sampleCount = 100;
const usageCount = 200;

/**
 * @param wanted the run to look at; null for the newest of those under way, else the one that was written to last
 * @returns undefined where there is no run at all
 */
export function readTrain(
  store: Store,
  now: number,
  wanted: number | null,
  { points, zoomFrom }: { readonly points: number; readonly zoomFrom: number },
): TrainData | undefined {
  const ids = listRunIds(store);
  const chosen = wanted !== null && ids.includes(wanted) ? wanted : undefined;
  const live = liveRuns(store, now);
  const id = chosen ?? live[0]?.id ?? lastWrittenRunId(store);
  if (id === undefined) return undefined;
  const place = ids.indexOf(id);
  const run = getRun(store, id, now);
  return {
    run,
    curve: readCurve(store, id, { points, from: Math.floor(run.steps * zoomFrom) }),
    evaluations: readEvaluations(store, id),
    usage: listUsage(store, id, usageCount),
    samples: listSamples(store, id, sampleCount),
    checkpoint: listCheckpoints(store, id).find((each) => each.resumable) ?? null,
    isFirst: !hasTrained(store),
    other: live.find((each) => each.id !== id) ?? null,
    serving:
      run.state === 'finished' && run.origin === 'trained' ? servingVerdict(store, id) : null,
    older: ids[place + 1] ?? null,
    newer: ids[place - 1] ?? null,
  };
}
