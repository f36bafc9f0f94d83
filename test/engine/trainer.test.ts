import { describe, expect, test } from 'vitest';
import type { StepOptions, Trainer, TrainerSetup } from '../../src/engine/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { parameterShapes } from '../../src/network/parameters.ts';
import { tensorNames } from '../../src/network/training-graph.ts';
import { Random } from '../../src/text/random.ts';
import { type AdamState, referenceAdam } from '../support/reference-adam.ts';
import type { LaneState } from '../support/reference-cells.ts';
import { referenceWindow } from '../support/reference-network.ts';
import { engines } from './engines.ts';
import {
  beginning,
  everyDropout,
  expectClose,
  laneStates,
  networks,
  randomMasks,
  randomWindow,
  title,
  unitVectors,
} from './networks.ts';

const unroll = 6;
const lstm: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: 7,
  embedding: 5,
  hidden: 8,
  layers: 2,
};

function lanesOf(config: NetworkConfig, batch: number, state: NamedArrays): LaneState[][] {
  return laneStates(config, batch, (name, lane, k) => state[name]?.data[k * batch + lane] ?? 0);
}

function expectStates(
  config: NetworkConfig,
  batch: number,
  found: NamedArrays,
  expected: readonly (readonly LaneState[])[],
): void {
  const flat = (states: readonly (readonly LaneState[])[]) =>
    states.flat().flatMap(({ hidden, cell }) => [...hidden, ...cell]);
  expectClose(flat(lanesOf(config, batch, found)), flat(expected), 'the hidden states');
}

describe.each(engines)('a trainer of the $name engine', (engine) => {
  async function withTrainer(
    setup: Omit<TrainerSetup, 'unroll' | 'dropout' | 'keepsEma'>,
    state: NamedArrays,
    use: (trainer: Trainer) => Promise<void>,
  ): Promise<void> {
    const given = {
      ...setup,
      unroll,
      dropout: everyDropout(setup.config),
      keepsEma: true,
    };
    const trainer = await engine.trainer(given, state);
    try {
      await use(trainer);
    } finally {
      await trainer.close();
    }
  }

  const cases = [
    ...networks.flatMap((config) => [
      { config, batch: 5, threads: 1 },
      { config, batch: 5, threads: 2 },
    ]),
    // A thread with a single lane, and threads without any.
    { config: lstm, batch: 3, threads: 2 },
    { config: lstm, batch: 1, threads: 4 },
    // So many tokens that their vectors are gathered.
    ...([5, 'one-hot'] as const).map((embedding) => ({
      config: { ...lstm, embedding, vocabularySize: 150 },
      batch: 5,
      threads: 2,
    })),
    { config: { ...lstm, cell: 'mingru', vocabularySize: 150 } as const, batch: 5, threads: 1 },
  ].map((each) => ({ ...each, title: title(each.config) }));

  test.each(cases)(
    'derives what an independent implementation does: $title, $batch lanes, $threads threads',
    async ({ config, batch, threads }) => {
      const random = Random.seeded(1, title(config));
      const state = beginning(config, batch, random);
      const window = randomWindow(config, batch * unroll, random);
      const masks = randomMasks(config, batch, random);
      const expected = referenceWindow({
        config,
        parameters: state,
        batch,
        inputs: unitVectors(config, window.inputs),
        targets: window.targets,
        states: lanesOf(config, batch, state),
        masks,
      });
      await withTrainer({ config, batch, threads }, state, async (trainer) => {
        const { loss, gradients } = await trainer.gradients(window, masks);
        expect(loss).toBeCloseTo(expected.loss, 5);
        for (const { name } of parameterShapes(config)) {
          expectClose(gradients[name]?.data, expected.gradients[name] ?? [], name);
        }
        expect(await trainer.state()).toEqual(state);
        const options = { step: 1, learningRate: 0, weightDecay: 0, clip: 1, emaDecay: 0.9 };
        const step = await trainer.step(window, masks, { ...options, resetState: false });
        expect(step.loss).toBe(loss);
        expectStates(config, batch, await trainer.state(), expected.states);
      });
    },
  );

  test.each([
    { clip: 1e9, threads: 1 },
    { clip: 0.05, threads: 2 },
  ])(
    'takes the steps that Adam takes: clipped to $clip, $threads threads',
    async ({ clip, threads }) => {
      const batch = 5;
      const random = Random.seeded(2, 'adam');
      const state = beginning(lstm, batch, random);
      const learned = Object.fromEntries(
        parameterShapes(lstm).map(({ name, shape }): [string, AdamState] => {
          const kept = (key: string) => Float64Array.from(state[key]?.data ?? []);
          const moments = { m: kept(tensorNames.m(name)), v: kept(tensorNames.v(name)) };
          return [
            name,
            { shape, w: kept(name), ...moments, average: kept(tensorNames.average(name)) },
          ];
        }),
      );
      let states = lanesOf(lstm, batch, state);
      await withTrainer({ config: lstm, batch, threads }, state, async (trainer) => {
        for (let step = 1; step <= 6; step++) {
          const window = randomWindow(lstm, batch * unroll, random);
          const masks = randomMasks(lstm, batch, random);
          const resetState = step === 4;
          const options = {
            step,
            learningRate: 0.1 / step,
            weightDecay: 0.2,
            clip,
            emaDecay: 0.4,
          };
          const found = await trainer.step(window, masks, { ...options, resetState });
          const expected = referenceWindow({
            config: lstm,
            parameters: Object.fromEntries(
              Object.entries(learned).map(([name, { shape, w }]) => [name, { shape, data: w }]),
            ),
            batch,
            inputs: unitVectors(lstm, window.inputs),
            targets: window.targets,
            states: resetState ? laneStates(lstm, batch) : states,
            masks,
          });
          states = expected.states.map((layers) => [...layers]);
          const norm = referenceAdam(learned, expected.gradients, options);
          expect(norm > clip).toBe(clip < 1);
          expect(found.loss).toBeCloseTo(expected.loss, 4);
          expectClose([found.gradientNorm], [norm], 'the norm');
        }
        const after = await trainer.state();
        for (const [name, { w, m, v, average }] of Object.entries(learned)) {
          expectClose(after[name]?.data, w, name);
          expectClose(after[tensorNames.m(name)]?.data, m, tensorNames.m(name));
          expectClose(after[tensorNames.v(name)]?.data, v, tensorNames.v(name));
          expectClose(after[tensorNames.average(name)]?.data, average, tensorNames.average(name));
        }
        expectStates(lstm, batch, after, states);
      });
    },
  );

  test('goes on from a state bit for bit', async () => {
    const setup = { config: lstm, batch: 5, threads: 2 };
    const random = Random.seeded(3, 'resume');
    const state = beginning(lstm, setup.batch, random);
    const windows = Array.from({ length: 6 }, () => ({
      window: randomWindow(lstm, setup.batch * unroll, random),
      masks: randomMasks(lstm, setup.batch, random),
    }));
    const run = async (trainer: Trainer, from: number, to: number) => {
      for (const [index, { window, masks }] of [...windows.entries()].slice(from, to)) {
        await trainer.step(window, masks, optionsOf(index + 1));
      }
      return await trainer.state();
    };
    let half: NamedArrays = {};
    let whole: NamedArrays = {};
    await withTrainer(setup, state, async (trainer) => {
      half = await run(trainer, 0, 3);
      whole = await run(trainer, 3, 6);
    });
    expect(half).not.toEqual(whole);
    await withTrainer(setup, half, async (trainer) => {
      expect(await run(trainer, 3, 6)).toEqual(whole);
    });
  });

  test('leaves the weights as they are where the loss is not a number', async () => {
    const random = Random.seeded(4, 'overflow');
    const state = beginning(lstm, 2, random);
    state['dense.b']?.data.fill(Number.POSITIVE_INFINITY);
    await withTrainer({ config: lstm, batch: 2, threads: 1 }, state, async (trainer) => {
      const window = randomWindow(lstm, 2 * unroll, random);
      const masks = randomMasks(lstm, 2, random);
      expect(await trainer.step(window, masks, optionsOf(1))).toEqual({
        loss: Number.NaN,
        gradientNorm: Number.NaN,
      });
      const after = await trainer.state();
      for (const { name } of parameterShapes(lstm)) expect(after[name]).toEqual(state[name]);
    });
  });
});

function optionsOf(step: number): StepOptions {
  return {
    step,
    learningRate: 0.01,
    weightDecay: 0.1,
    clip: 0.5,
    emaDecay: 0.9,
    resetState: false,
  };
}
