import type { NamedArrays } from '../../src/network/config.ts';
import type { StepMetrics } from '../../src/store/metrics.ts';
import type { NewRun } from '../../src/store/run-lifecycle.ts';
import type { CheckpointEvent } from '../../src/train/events.ts';

/** A moment, in milliseconds since 1970. */
export const noon = Date.UTC(2026, 0, 2, 12);

export const newRun: NewRun = {
  corpus: 'bible',
  origin: 'trained',
  parent: null,
  network: { cell: 'lstm', vocabularySize: 4, embedding: 'one-hot', hidden: 8, layers: 1 },
  settings: {
    batch: 2,
    unroll: 8,
    steps: 1000,
    learningRate: 0.002,
    warmUp: 10,
    finalRatio: 0.02,
    weightDecay: 0.01,
    clip: 1,
    dropout: 0.1,
    recurrentDropout: 0,
    bpeDropout: 0,
    emaDecay: 0.999,
    patience: 0,
    evaluateEvery: 100,
    randomSeed: 7,
    heldOut: 'units',
  },
  machine: { engine: 'onnx', engineVersion: '1.30.0', processor: 'x64', threads: 2 },
  vocabulary: ['\n', ' ', 'a', '“'],
  parameters: 420,
};

/** The metrics of the steps from one to another, each with figures of its own. */
export function stepsBetween(first: number, last: number): StepMetrics[] {
  return Array.from({ length: last - first + 1 }, (_, place) => {
    const step = first + place;
    return {
      step,
      passes: step / 100,
      elapsed: step / 4,
      bitsPerCharacter: 1 + 5 / step + (step % 7) / 10,
      gradientNorm: 0.1 + (step % 11) / 20,
      learningRate: 0.002 / step,
      charsPerSecond: 20_000 + (step % 13),
    };
  });
}

/** A checkpoint with its state, every number of which is `value`, in arrays of 4,000 numbers. */
export function checkpointOf(
  value: number,
  kind: CheckpointEvent['kind'],
): Omit<CheckpointEvent, 'type'> {
  const array = { shape: [40, 100], data: new Float32Array(4000).fill(value) };
  const arrays: NamedArrays = { first: array, second: array, third: array };
  return {
    step: value,
    kind,
    weights: arrays,
    state: {
      arrays,
      progress: {
        step: value,
        evaluated: 100,
        place: { pass: 0, offset: 3, window: value },
        generator: [1, 2, 3, 4_294_967_295],
        learningRateScale: 0.5,
        recoveries: 1,
        best: { step: 100, bitsPerCharacter: 1.25 },
        sinceBest: 2,
      },
    },
    bitsPerCharacter: 1.25,
  };
}
