import { readCurve } from '../store/curve.ts';
import type { Store } from '../store/database.ts';
import { readEvaluations } from '../store/metrics.ts';
import { getRun, isUnderWay, type Run } from '../store/runs.ts';
import { listSamples } from '../store/samples.ts';
import { type ServingOutcome, servingOutcome } from '../store/serving.ts';

/** What is told of a run by one who only reads the store. */
export type WatchedEvent =
  | {
      readonly type: 'run';
      readonly run: number;
      readonly state: Run['state'];
      readonly step: number;
    }
  | {
      readonly type: 'step';
      readonly step: number;
      readonly passes: number;
      readonly elapsed: number;
      readonly bitsPerCharacter: number;
      readonly gradientNorm: number;
      readonly learningRate: number;
      readonly charsPerSecond: number;
      readonly secondsLeft: number | null;
    }
  | { readonly type: 'evaluation'; readonly step: number; readonly bitsPerCharacter: number }
  | { readonly type: 'sample'; readonly step: number; readonly seed: string; readonly text: string }
  | {
      readonly type: 'end';
      readonly run: number;
      readonly state: Run['state'];
      readonly reason: string | null;
      /** Whether it writes for its text now, why, and which run does. */
      readonly serving: ServingOutcome;
    };

/** Samples that may have come between two looks. */
const mostSamples = 20;

/** Tells at each call what has come since the last: of the steps only the newest. The last event is `end`. */
export function newsOf(store: Store, id: number, now: () => number): () => WatchedEvent[] {
  let state: Run['state'] | undefined;
  const seen = { step: 0, evaluation: 0, sample: 0 };
  return () =>
    store.snapshot(() => {
      const run = getRun(store, id, now());
      const events: WatchedEvent[] = [];
      const isFirst = state === undefined;
      if (run.state !== state && isUnderWay(run)) {
        events.push({ type: 'run', run: id, state: run.state, step: run.steps });
      }
      state = run.state;
      const latest = listSamples(store, id, mostSamples);
      if (run.steps < seen.step) {
        // It went back to an earlier checkpoint, and comes to the same steps again.
        seen.evaluation = Math.min(seen.evaluation, run.steps);
        seen.sample = latest.find(({ step }) => step <= run.steps)?.id ?? 0;
      }
      const evaluations = readEvaluations(store, id).filter(({ step }) => step > seen.evaluation);
      const samples = latest.filter((each) => each.id > seen.sample);
      for (const { step, bitsPerCharacter } of isFirst ? evaluations.slice(-1) : evaluations) {
        events.push({ type: 'evaluation', step, bitsPerCharacter });
      }
      for (const { step, seed, text } of isFirst ? samples.slice(0, 1) : samples.toReversed()) {
        events.push({ type: 'sample', step, seed, text });
      }
      if (run.steps > seen.step) events.push(...latestStep(store, run));
      seen.step = run.steps;
      seen.evaluation = evaluations.at(-1)?.step ?? seen.evaluation;
      seen.sample = samples[0]?.id ?? seen.sample;
      if (!isUnderWay(run)) {
        events.push({
          ...{ type: 'end', run: id, state: run.state, reason: run.reason },
          serving: servingOutcome(store, id),
        });
      }
      return events;
    });
}

function latestStep(store: Store, run: Run): WatchedEvent[] {
  const last = readCurve(store, run.id, { points: 2, from: run.steps, to: run.steps }).at(-1);
  if (!last) return [];
  const { settings, elapsed, steps } = run;
  return [
    {
      type: 'step',
      step: last.step,
      passes: last.passes,
      elapsed: last.elapsed,
      bitsPerCharacter: last.bitsPerCharacter.mean,
      gradientNorm: last.gradientNorm.mean,
      learningRate: last.learningRate,
      charsPerSecond: last.charsPerSecond,
      secondsLeft: settings ? (elapsed / steps) * (settings.steps - steps) : null,
    },
  ];
}
