import { describe, expect, test } from 'vitest';
import type { Engine, StepOptions, Trainer } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { cardEngine } from '../../src/engine/onnx/webgpu/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { Random } from '../../src/text/random.ts';
import { cardIsMissing } from './card.ts';
import {
  beginning,
  everyDropout,
  randomMasks,
  randomState,
  randomWindow,
  title,
} from './networks.ts';

const card = cardEngine('the card');
const [batch, unroll] = [4, 3];
/** A card, or a program in its place, compiles every kernel before it computes: milliseconds. */
const patience = 600_000;

// Multiples of four are computed by fewer different kernels.
const shape = { vocabularySize: 12, embedding: 8, hidden: 8 } as const;
const networks: readonly NetworkConfig[] = [
  { ...shape, cell: 'lstm', layers: 2 },
  { ...shape, cell: 'gru', layers: 1, embedding: 'one-hot' },
];
const cases = networks.map((config) => ({ config, title: title(config) }));

function options(step: number): StepOptions {
  const rates = { learningRate: 0.01, weightDecay: 0.1, clip: 0.5, emaDecay: 0.9 };
  return { ...rates, step, resetState: step === 5 };
}

/** Windows and masks that are the same wherever they are drawn for the same step. */
function given(config: NetworkConfig, step: number) {
  const random = Random.seeded(step, title(config));
  return [
    randomWindow(config, batch * unroll, random),
    { ...randomMasks(config, batch, random) },
  ] as const;
}

async function trained<Result>(
  engine: Engine,
  config: NetworkConfig,
  state: NamedArrays,
  use: (trainer: Trainer) => Promise<Result>,
): Promise<Result> {
  const dropout = everyDropout(config);
  const trainer = await engine.trainer(
    { config, batch, unroll, dropout, keepsEma: true, threads: 1 },
    state,
  );
  try {
    return await use(trainer);
  } finally {
    await trainer.close();
  }
}

/** Takes the steps of those numbers. */
async function steps(trainer: Trainer, config: NetworkConfig, from: number, to: number) {
  const losses: number[] = [];
  for (let step = from; step <= to; step++) {
    losses.push((await trainer.step(...given(config, step), options(step))).loss);
  }
  return { losses, state: await trainer.state() };
}

function norm(data: Float32Array): number {
  return Math.hypot(...data);
}

/** How far arrays are from others at the most, as a share of those by their norm. */
function distance(found: NamedArrays, expected: NamedArrays): number {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  return Math.max(
    ...Object.entries(expected).map(([name, { data }]) => {
      const apart = data.map((value, index) => value - (found[name]?.data[index] ?? Number.NaN));
      return norm(apart) / Math.max(norm(data), 1e-6);
    }),
  );
}

function expectCloseTo(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  const apart = found.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN)));
  expect(Math.max(...apart)).toBeLessThan(1e-4);
}

// Skipped where no graphics card computes, nor a program in its place: the reason is in the name.
describe.skipIf(cardIsMissing !== undefined)(
  `a graphics card beside the processor${cardIsMissing === undefined ? '' : ` (${cardIsMissing})`}`,
  { timeout: patience },
  () => {
    test.each(cases)(
      'derives its gradients and takes its twenty steps: $title',
      async ({ config }) => {
        const state = beginning(config, batch, Random.seeded(0, title(config)));
        const onDevice = (engine: Engine) =>
          trained(engine, config, state, async (trainer) => ({
            derived: await trainer.gradients(...given(config, 0)),
            before: await trainer.state(),
            ...(await steps(trainer, config, 1, 20)),
          }));
        const [found, expected] = [await onDevice(card), await onDevice(onnxEngine)];
        expectCloseTo([found.derived.loss], [expected.derived.loss]);
        expect(distance(found.derived.gradients, expected.derived.gradients)).toBeLessThan(1e-4);
        expect(found.before).toEqual(state);
        expectCloseTo(found.losses, expected.losses);
        expect(distance(found.state, expected.state)).toBeLessThan(1e-3);
      },
    );

    test.each([
      { first: card, second: onnxEngine, title: 'begun on it and resumed on the processor' },
      { first: onnxEngine, second: card, title: 'begun on the processor and resumed on it' },
    ])('goes on with a training that was $title', async ({ first, second }) => {
      const config: NetworkConfig = { ...shape, cell: 'lstm', layers: 2 };
      const state = beginning(config, batch, Random.seeded(0, title(config)));
      const whole = await trained(onnxEngine, config, state, (trainer) =>
        steps(trainer, config, 1, 8),
      );
      const begun = await trained(first, config, state, (trainer) => steps(trainer, config, 1, 4));
      const rest = await trained(second, config, begun.state, (trainer) =>
        steps(trainer, config, 5, 8),
      );
      expectCloseTo([...begun.losses, ...rest.losses], whole.losses);
      expect(distance(rest.state, whole.state)).toBeLessThan(1e-3);
    });

    test('leaves the weights as they are where a gradient is not finite', async () => {
      const config: NetworkConfig = { ...shape, cell: 'lstm', layers: 1 };
      const state = beginning(config, batch, Random.seeded(0, 'x'));
      const broken = {
        ...state,
        'dense.b': { shape: [12, 1], data: new Float32Array(12).fill(Number.NaN) },
      };
      await trained(card, config, broken, async (trainer) => {
        const { loss } = await trainer.step(...given(config, 1), options(1));
        expect(loss).toBeNaN();
        expect((await trainer.state())['dense.W']).toEqual(state['dense.W']);
      });
    });

    test('scores a text as it does, one network after the other', async () => {
      const config: NetworkConfig = { ...shape, cell: 'lstm', layers: 2 };
      const random = Random.seeded(0, 'weights');
      const networks = [randomState(config, 1, random), randomState(config, 1, random)];
      const nats = async (engine: Engine) => {
        const scorer = await engine.scorer({ config, lanes: batch, unroll, threads: 1 });
        const all: number[] = [];
        for (const weights of networks) {
          scorer.begin(weights);
          for (const step of [1, 2]) all.push(...(await scorer.score(given(config, step)[0])));
        }
        await scorer.close();
        return all;
      };
      expectCloseTo(await nats(card), await nats(onnxEngine));
    });

    test('writes with its logits, by ids and by weights of all tokens', async () => {
      const config: NetworkConfig = { ...shape, cell: 'lstm', layers: 2 };
      const weights = randomState(config, 1, Random.seeded(0, 'weights'));
      const logits = async (engine: Engine) => {
        const stepper = await engine.stepper({ config, weights, threads: 1, quantized: false });
        const first = await stepper.step(Int32Array.of(3, 7), undefined);
        const mixed = Float32Array.from({ length: 24 }, (_, index) => (index % 12 < 2 ? 0.5 : 0));
        const second = await stepper.step(mixed, first.states);
        await stepper.close();
        return [...first.logits, ...second.logits];
      };
      expectCloseTo(await logits(card), await logits(onnxEngine));
    });
  },
);
