import { expect, test } from 'vitest';
import type { NetworkConfig } from '../../src/network/config.ts';
import {
  type ChosenSettings,
  completeSettings,
  dropoutLevel,
  lanesFor,
  usualLearningRate,
} from '../../src/train/defaults.ts';
import type { TrainingSettings } from '../../src/train/settings.ts';

/** A pass is 100 steps of ten tokens. */
const chosen: ChosenSettings = {
  ...{ batch: 1, unroll: 10, steps: 100, randomSeed: 1, heldOut: 'units' },
};
const network: NetworkConfig = {
  ...{ cell: 'lstm', vocabularySize: 75, embedding: 64, hidden: 512, layers: 1 },
};
const settings = (change: Partial<ChosenSettings>, validation = 0) =>
  completeSettings({ ...chosen, ...change }, network, {
    ...{ training: 1000, validation, tokenizer: 'bpe' },
  });

test('from twelve passes on recurrent weights and merges are left out too, unless a dropout was chosen', () => {
  const left = ({ recurrentDropout, bpeDropout }: TrainingSettings) => [
    recurrentDropout,
    bpeDropout,
  ];
  expect(left(settings({ steps: 1199 }))).toEqual([0, 0]);
  expect(left(settings({ steps: 1200 }))).toEqual([0.2, 0.05]);
  expect(left(settings({ steps: 1200, recurrentDropout: 0.1 }))).toEqual([0.1, 0.05]);
  expect(left(settings({ steps: 1200, bpeDropout: 0 }))).toEqual([0.2, 0]);
  expect(left(settings({ steps: 1200, dropout: 0.5 }))).toEqual([0, 0]);
  // A cell without recurrent weights, and characters, which have no merges.
  const text = { training: 1000, validation: 0, tokenizer: 'char' } as const;
  const bare = completeSettings({ ...chosen, steps: 1200 }, { ...network, cell: 'mingru' }, text);
  expect(left(bare)).toEqual([0, 0]);
});

test.each([
  [399, 0],
  [400, 0.25],
  [799, 0.25],
  [800, 0.5],
])(
  '%d steps of a hundredth of a pass have dropout %d, unless another was chosen',
  (steps, dropout) => {
    expect(settings({ steps }).dropout).toBe(dropout);
    expect(settings({ steps, dropout: 0.1 }).dropout).toBe(0.1);
  },
);

test.each([0.5, 5, 9, 40])(
  'a training of %d passes has the dropout of its level, which what to expect is measured with',
  (passes) => {
    const left = ({ dropout, recurrentDropout, bpeDropout }: TrainingSettings) => ({
      ...{ dropout, recurrentDropout, bpeDropout },
    });
    const level = dropoutLevel(passes);
    expect(left(settings({ steps: 100 * level.passes }))).toEqual(
      left(settings({ steps: 100 * passes })),
    );
    expect(level).toMatchObject(left(settings({ steps: 100 * passes })));
  },
);

test.each([
  [1, 1],
  [20, 1],
  [21, 2],
  [400, 20],
  [2000, 100],
  [9000, 100],
])('of %d steps %d warm up', (steps, warmUp) => {
  expect(settings({ steps }).warmUp).toBe(warmUp);
});

test.each([
  [32, 0.012],
  [250, 0.012],
  [300, 0.01],
  [1000, 0.003],
])('the learning rate of a hidden size of %d peaks at %d', (hidden, peak) => {
  const { learningRate } = completeSettings(
    chosen,
    { ...network, hidden },
    { training: 1000, validation: 0, tokenizer: 'bpe' },
  );
  expect(learningRate).toBe(peak);
});

test('evaluations are fifty, or fewer where the validation part is long', () => {
  expect(settings({ steps: 5000 }).evaluateEvery).toBe(100);
  // Reading it costs as much as 20 steps: 25 times that between two.
  expect(settings({ steps: 5000 }, 600).evaluateEvery).toBe(500);
  expect(settings({ steps: 3 }, 600).evaluateEvery).toBe(3);
});

test('a short text is read in fewer lanes, so that a pass has sixteen steps or more; what was chosen stays', () => {
  expect(lanesFor({}, 'large', 51_201)).toEqual({ batch: 32, unroll: 100 });
  expect(lanesFor({}, 'large', 51_200)).toEqual({ batch: 31, unroll: 100 });
  expect(lanesFor({}, 'small', 4_500)).toEqual({ batch: 4, unroll: 64 });
  expect(lanesFor({}, 'large', 900)).toEqual({ batch: 1, unroll: 100 });
  expect(lanesFor({}, 'medium', 50)).toEqual({ batch: 1, unroll: 49 });
  expect(lanesFor({ batch: 32 }, 'large', 900)).toEqual({ batch: 32, unroll: 28 });
  expect(lanesFor({ unroll: 200 }, 'medium', 6_401)).toEqual({ batch: 2, unroll: 200 });
  expect(lanesFor({ batch: 64, unroll: 200 }, 'medium', 900)).toEqual({ batch: 64, unroll: 200 });
});

test('a graphics card reads more lanes, at a higher learning rate, unless they were chosen', () => {
  const long = 1_000_000;
  expect(lanesFor({}, 'medium', long, true)).toEqual({ batch: 256, unroll: 64 });
  expect(lanesFor({ batch: 48 }, 'medium', long, true)).toEqual({ batch: 48, unroll: 64 });
  expect(lanesFor({}, 'medium', 32 * 64 * 16 + 1, true)).toEqual({ batch: 32, unroll: 64 });
  expect(lanesFor({}, 'medium', long)).toEqual({ batch: 32, unroll: 64 });
  const usual = usualLearningRate(network);
  expect(usual).toBe(3 / 512);
  expect(usualLearningRate(network, 256)).toBeCloseTo(2 * usual, 12);
  expect(usualLearningRate(network, 32)).toBe(usual);
  expect(usualLearningRate(network, 8)).toBe(usual);
});
