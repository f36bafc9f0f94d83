import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine, TrainerSetup } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { tfjsEngine } from '../../src/engine/tfjs/engine.ts';
import { cellNames } from '../../src/network/cells/cells.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { parameterShapes } from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';
import {
  beginning,
  everyDropout,
  expectClose,
  networks,
  randomIds,
  randomMasks,
  randomState,
  randomWindow,
  title,
} from './networks.ts';
import { withTrainer } from './with-trainer.ts';

const batch = 5;
const unroll = 6;
const engine = tfjsEngine(tf);

beforeAll(async () => {
  // Without the advice to install another package.
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe.each(networks.map((config) => ({ config, title: title(config) })))(
  'TensorFlow.js and ONNX Runtime: $title',
  ({ config }) => {
    test.each([
      { outputs: true, recurrent: true },
      { outputs: true, recurrent: false },
      { outputs: false, recurrent: true },
      { outputs: false, recurrent: false },
    ])(
      'derive the same: dropout of outputs $outputs, of recurrent weights $recurrent',
      async (asked) => {
        const dropout = { ...asked, recurrent: asked.recurrent && everyDropout(config).recurrent };
        const random = Random.seeded(1, title(config));
        const state = beginning(config, batch, random);
        const window = randomWindow(config, batch * unroll, random);
        const all = randomMasks(config, batch, random);
        const masks = {
          recurrent: dropout.recurrent ? all.recurrent : {},
          layers: dropout.outputs ? all.layers : [],
        };
        const setup = { ...setupOf(config), dropout };
        const [found, expected] = await Promise.all(
          [engine, onnxEngine].map((each) =>
            withTrainer(each, setup, state, (trainer) => trainer.gradients(window, masks)),
          ),
        );
        expectClose([found?.loss ?? 0], [expected?.loss ?? 0], 'the loss');
        for (const { name, shape } of parameterShapes(config)) {
          expect(found?.gradients[name]?.shape).toEqual(shape);
          expectClose(found?.gradients[name]?.data, expected?.gradients[name]?.data ?? [], name);
        }
      },
    );

    test('take the same twenty steps, and take them over from each other midway', async () => {
      const steps = 20;
      const random = Random.seeded(2, title(config));
      const begin = beginning(config, batch, random);
      // The two come again and again, so that there is something to learn.
      const windows = Array.from({ length: 2 }, () => ({
        window: randomWindow(config, batch * unroll, random),
        masks: randomMasks(config, batch, random),
      }));
      const turns = Array.from({ length: steps / windows.length }, () => windows).flat();
      const setup = setupOf(config);
      /** The losses of steps `from` to `to`, and the state after them. */
      const run = (by: Engine, from: number, to: number, state: NamedArrays) =>
        withTrainer(by, setup, state, async (trainer) => {
          const losses: number[] = [];
          for (const [index, { window, masks }] of [...turns.entries()].slice(from, to)) {
            const options = { ...optimizer, step: index + 1, resetState: index === 15 };
            losses.push((await trainer.step(window, masks, options)).loss);
          }
          return { losses, state: await trainer.state() };
        });
      const expected = await run(onnxEngine, 0, steps, begin);
      // It learns: the losses move by far more than what the engines may differ by.
      const ofBoth = (losses: readonly number[]) => losses.reduce((sum, loss) => sum + loss) / 2;
      const before = ofBoth(expected.losses.slice(0, 2));
      expect(ofBoth(expected.losses.slice(-2))).toBeLessThan(before - 0.05);

      for (const [first, second] of [
        [engine, engine],
        [onnxEngine, engine],
        [engine, onnxEngine],
      ] as const) {
        const half = await run(first, 0, steps / 2, begin);
        const rest = await run(second, steps / 2, steps, half.state);
        for (const [index, loss] of [...half.losses, ...rest.losses].entries()) {
          expect(Math.abs(loss - (expected.losses[index] ?? 0))).toBeLessThan(1e-4);
        }
        expect(Object.keys(rest.state)).toEqual(Object.keys(expected.state));
        for (const [name, { shape, data }] of Object.entries(expected.state)) {
          expect(rest.state[name]?.shape).toEqual(shape);
          expectClose(rest.state[name]?.data, data, name, 1e-3);
        }
      }
    });
  },
);

describe('the tensors of the TensorFlow.js engine', () => {
  const cases = cellNames.map((cell) => ({
    cell,
    config: { cell, vocabularySize: 7, embedding: 5, hidden: 8, layers: 2 },
  }));

  test.each(cases)('a trainer keeps as many, step after step: $cell', async ({ config }) => {
    const random = Random.seeded(3, 'tensors');
    const before = tf.memory().numTensors;
    const setup = setupOf(config);
    await withTrainer(engine, setup, beginning(config, batch, random), async (trainer) => {
      const held = tf.memory().numTensors;
      expect(held).toBeGreaterThan(before);
      for (let step = 1; step <= 5; step++) {
        const window = randomWindow(config, batch * unroll, random);
        const masks = randomMasks(config, batch, random);
        await trainer.step(window, masks, { ...optimizer, step, resetState: step % 2 === 0 });
        expect(tf.memory().numTensors).toBe(held);
        await trainer.gradients(window, masks);
        expect(tf.memory().numTensors).toBe(held);
        const overflow = { ...optimizer, step, learningRate: step === 4 ? 1e38 : 0 };
        await trainer.step(window, masks, { ...overflow, resetState: false });
        await trainer.state();
        expect(tf.memory().numTensors).toBe(held);
      }
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(cases)('a scorer and a stepper keep as many: $cell', async ({ config }) => {
    const random = Random.seeded(4, 'tensors');
    const before = tf.memory().numTensors;
    const weights = randomState(config, batch, random);
    const scorer = await engine.scorer({ config, lanes: batch, unroll, threads: 1 });
    const stepper = await engine.stepper({ config, weights, threads: 1, gates: true });
    scorer.begin(weights);
    const held = tf.memory().numTensors;
    for (let turn = 0; turn < 3; turn++) {
      await scorer.score(randomWindow(config, batch * unroll, random));
      await stepper.step(randomIds(config, 20, random), undefined);
      scorer.begin(weights);
      expect(tf.memory().numTensors).toBe(held);
    }
    await scorer.close();
    await stepper.close();
    expect(tf.memory().numTensors).toBe(before);
  });
});

const optimizer = { learningRate: 0.02, weightDecay: 0.1, clip: 0.5, emaDecay: 0.9 };

function setupOf(config: NetworkConfig): TrainerSetup {
  return {
    config,
    batch,
    unroll,
    dropout: everyDropout(config),
    keepsEma: true,
    threads: 1,
  };
}
