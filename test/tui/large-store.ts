import { recordEvaluation, recordSteps } from '../../src/store/metrics.ts';
import { openStore } from '../../src/store/open.ts';
import { createRun, endRun, type NewRun } from '../../src/store/run-lifecycle.ts';

const runs = 200;
const stepsEach = 10_000;

/** A run as it is when it begins, the size that the program trains by itself; no network belongs to it. */
export function newRun(corpus: string, randomSeed: number): NewRun {
  return {
    corpus,
    origin: 'trained',
    parent: null,
    network: { cell: 'lstm', vocabularySize: 75, embedding: 128, hidden: 512, layers: 1 },
    settings: {
      batch: 64,
      unroll: 100,
      steps: stepsEach,
      learningRate: 2e-3,
      warmUp: 100,
      finalRatio: 0.02,
      weightDecay: 0,
      clip: 1,
      dropout: 0,
      recurrentDropout: 0,
      bpeDropout: 0,
      emaDecay: 0.999,
      patience: 0,
      evaluateEvery: 200,
      randomSeed,
      heldOut: 'units',
    },
    machine: null,
    vocabulary: Array.from({ length: 75 }, (_, id) => String.fromCharCode(id === 0 ? 10 : id + 47)),
    parameters: 1_360_000,
  };
}

/** A store of 200 runs with two million rows of metrics. */
export function fillLargeStore(path: string): void {
  const store = openStore(path);
  for (let run = 0; run < runs; run++) {
    const now = 1e12 + run;
    const lease = createRun(store, newRun(run % 2 ? 'bible' : 'plato', run), now);
    const at = (step: number) => ({ step, passes: step / 656, elapsed: step * 0.3 });
    const steps = Array.from({ length: stepsEach }, (_, index) => ({
      ...at(index + 1),
      bitsPerCharacter: 1.4 + 4 / (1 + index / 50) + Math.sin(index) * 0.05,
      gradientNorm: 0.5,
      learningRate: 2e-3 * (1 - index / stepsEach),
      charsPerSecond: 21_000,
    }));
    recordSteps(store, lease, steps, now);
    for (let step = 200; step <= stepsEach; step += 200) {
      recordEvaluation(
        store,
        lease,
        { ...at(step), bitsPerCharacter: 1.5 + 4 / (1 + step / 50) },
        now,
      );
    }
    endRun(store, lease, { state: 'finished' }, now);
  }
  store.close();
}
