import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import type { Engine, TrainerSetup } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { Connection } from '../../src/engine/torch/connection.ts';
import { torchTrainer } from '../../src/engine/torch/trainer.ts';
import { EscribaError } from '../../src/errors.ts';
import { cellNames } from '../../src/network/cells/cells.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { Random } from '../../src/text/random.ts';
import {
  beginning,
  everyDropout,
  expectClose,
  networks,
  randomMasks,
  randomWindow,
  title,
} from './networks.ts';
import { hasPytorch, torchEngine } from './torch-python.ts';
import { withTrainer } from './with-trainer.ts';

const batch = 5;
const unroll = 6;
const steps = 20;
const optimizer = { learningRate: 0.02, weightDecay: 0.1, clip: 0.5, emaDecay: 0.9 };
const lstm: NetworkConfig = {
  ...{ cell: 'lstm', vocabularySize: 7, embedding: 5, hidden: 8, layers: 2 },
};
/** Starting several Pythons takes a while on a busy machine. */
const patient = 180_000;

function setupOf(config: NetworkConfig, dropout = everyDropout(config)): TrainerSetup {
  return { config, batch, unroll, dropout, keepsEma: true, threads: 1 };
}

/** The losses of steps `from` to `to` on two windows that come again and again, and the state after them. */
function train(by: Engine, setup: TrainerSetup, from: number, to: number, state?: NamedArrays) {
  const { config } = setup;
  const random = Random.seeded(2, title(config));
  const begin = beginning(config, batch, random);
  const windows = Array.from({ length: 2 }, () => {
    const window = randomWindow(config, batch * unroll, random);
    const all = randomMasks(config, batch, random);
    return {
      window,
      masks: {
        recurrent: setup.dropout.recurrent ? all.recurrent : {},
        layers: setup.dropout.outputs ? all.layers : [],
      },
    };
  });
  return withTrainer(by, setup, state ?? begin, async (trainer) => {
    const losses: number[] = [];
    for (let index = from; index < to; index++) {
      const { window, masks } = windows[index % windows.length] ?? {};
      if (!window || !masks) throw new Error('there are windows');
      const options = { ...optimizer, step: index + 1, resetState: index === 15 };
      losses.push((await trainer.step(window, masks, options)).loss);
    }
    return { losses, state: await trainer.state() };
  });
}

function expectLosses(found: readonly number[], expected: readonly number[], within: number): void {
  expect(found).toHaveLength(expected.length);
  for (const [index, loss] of found.entries()) {
    expect(Math.abs(loss - (expected[index] ?? Number.NaN)), `step ${index}`).toBeLessThan(within);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function expectEnd(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 60_000 });
}

// Needs a Python with it: pip install torch numpy; ESCRIBA_PYTHON=.venv/bin/python
describe.skipIf(!hasPytorch)('PyTorch and ONNX Runtime', async () => {
  const engine = hasPytorch ? await torchEngine({ threads: 1 }) : onnxEngine;
  const bf16 = hasPytorch ? await torchEngine({ threads: 1, precision: 'bf16' }) : onnxEngine;
  const cases = networks.map((config) => ({ config, title: title(config) }));

  test.each(cases)(
    'take the same twenty steps, and take them over from each other midway: $title',
    async ({ config }) => {
      const setup = setupOf(config);
      const expected = await train(onnxEngine, setup, 0, steps);
      // It learns: the losses move by far more than what the engines may differ by.
      expect(expected.losses.at(-1)).toBeLessThan((expected.losses[1] ?? 0) - 0.05);
      for (const [first, second] of [
        [engine, engine],
        [onnxEngine, engine],
        [engine, onnxEngine],
      ] as const) {
        const half = await train(first, setup, 0, steps / 2);
        const rest = await train(second, setup, steps / 2, steps, half.state);
        expectLosses([...half.losses, ...rest.losses], expected.losses, 1e-4);
        expect(Object.keys(rest.state)).toEqual(Object.keys(expected.state));
        for (const [name, { shape, data }] of Object.entries(expected.state)) {
          expect(rest.state[name]?.shape).toEqual(shape);
          expectClose(rest.state[name]?.data, data, name, 1e-3);
        }
      }
    },
    patient,
  );

  const dropouts = [
    { outputs: false, recurrent: false },
    { outputs: true, recurrent: false },
    { outputs: false, recurrent: true },
  ];
  test.each(
    cases
      .filter(({ config }) => config.layers === 2 && config.embedding !== 'one-hot')
      .flatMap((each) => dropouts.map((dropout) => ({ ...each, dropout })))
      .filter(({ config, dropout }) => !dropout.recurrent || everyDropout(config).recurrent),
  )(
    'take the same twenty steps with dropout of outputs $dropout.outputs, of recurrent weights $dropout.recurrent: $title',
    async ({ config, dropout }) => {
      const setup = setupOf(config, dropout);
      const [found, expected] = await Promise.all([
        train(engine, setup, 0, steps),
        train(onnxEngine, setup, 0, steps),
      ]);
      expectLosses(found.losses, expected.losses, 1e-4);
    },
    patient,
  );

  test.each(cases)(
    'with 16-bit products, keeps weights of 32 bits and learns nearly the same: $title',
    async ({ config }) => {
      const setup = setupOf(config);
      const expected = await train(engine, setup, 0, steps);
      const { losses, state } = await train(bf16, setup, 0, steps);
      expectLosses(losses, expected.losses, 0.05);
      expect(losses).not.toEqual(expected.losses);
      const { data } = state['dense.W'] ?? { data: new Float32Array() };
      // A number of 16 bits would have zeros in its lower half.
      const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
      expect(bits.filter((each) => (each & 0xffff) !== 0).length).toBeGreaterThan(data.length / 2);
    },
    patient,
  );

  // At 1,024 units: there, and on processors with matrix registers (AMX), PyTorch's own kernel derives others.
  test.each([...cellNames])(
    'with 16-bit products, derives nearly the same gradients: %s',
    async (cell) => {
      const config = { ...lstm, cell, embedding: 64, hidden: 1024, layers: 1 };
      const random = Random.seeded(7, 'gradients');
      const begin = beginning(config, 16, random);
      for (const { data } of Object.values(begin)) data.set(data.map((value) => value / 10));
      const window = randomWindow(config, 16 * 4, random);
      const masks = randomMasks(config, 16, random);
      const setup = { ...setupOf(config), batch: 16, unroll: 4 };
      const [expected, found] = await Promise.all(
        [engine, bf16].map((by) =>
          withTrainer(by, setup, begin, (trainer) => trainer.gradients(window, masks)),
        ),
      );
      const norm = (vector: Float32Array) => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
      for (const [name, { data }] of Object.entries(expected?.gradients ?? {})) {
        const other = found?.gradients[name]?.data ?? new Float32Array();
        const difference = norm(data.map((value, index) => value - (other[index] ?? Number.NaN)));
        expect(difference / norm(data), name).toBeLessThan(0.03);
      }
    },
    patient,
  );

  test.each([2, 4])(
    'train the same in %i processes',
    async (processes) => {
      const several = await torchEngine({ processes });
      for (const config of networks.filter(({ layers }) => layers === 2)) {
        const setup = setupOf(config);
        const [expected, found] = [
          await train(engine, setup, 0, steps),
          await train(several, setup, 0, steps),
        ];
        expectLosses(found.losses, expected.losses, 1e-5);
        for (const [name, { data }] of Object.entries(expected.state)) {
          expectClose(found.state[name]?.data, data, name, 1e-4);
        }
      }
    },
    patient,
  );
});

const single = [process.env.ESCRIBA_PYTHON ?? 'python3', 1, { processes: 1, nodes: 1 }] as const;
const two = [single[0], 2, { processes: 2, nodes: 1 }] as const;

describe.skipIf(!hasPytorch)("PyTorch's processes", () => {
  async function started(of: Parameters<typeof Connection.open>) {
    const connection = await Connection.open(...of);
    const random = Random.seeded(5, 'processes');
    const setup = setupOf(lstm);
    const trainer = await torchTrainer(connection, setup, beginning(lstm, batch, random), 'fp32');
    const window = randomWindow(lstm, batch * unroll, random);
    const masks = randomMasks(lstm, batch, random);
    const step = (number: number) =>
      trainer.step(window, masks, { ...optimizer, step: number, resetState: false });
    return { pids: connection.hello.pids, step };
  }

  test.each([
    { name: 'the only one', of: single, victim: 0, code: 'SIGKILL' },
    { name: 'the one that leads', of: two, victim: 0, code: 'SIGKILL' },
    { name: 'another one', of: two, victim: 1, code: 'SIGKILL' },
    { name: 'another one that had too much memory', of: two, victim: 1, code: 'SIGTERM' },
  ] as const)(
    'a killed process ends the step with its reason, and all others: $name',
    async ({ of, victim, code }) => {
      const { pids, step } = await started([...of]);
      expect(pids).toHaveLength(of[2].processes);
      await step(1);
      process.kill(pids[victim] ?? 0, code);
      await expect(step(2)).rejects.toThrow(
        new EscribaError(
          `A process of PyTorch was killed (${code}).`,
          'If memory ran out, use a smaller --batch or fewer --processes; a run resumes from its last checkpoint.',
        ),
      );
      await expect(step(3)).rejects.toThrow(`A process of PyTorch was killed (${code}).`);
      await expectEnd(pids);
    },
    patient,
  );

  test.each(['SIGKILL', 'SIGINT'] as const)(
    'no process stays behind a program that %s ends',
    async (signal) => {
      const script = fileURLToPath(new URL('./torch-child.ts', import.meta.url));
      const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
      const pids = await new Promise<number[]>((resolve) => {
        child.stdout.once('data', (line) => resolve(JSON.parse(String(line))));
      });
      expect(pids.filter(isRunning)).toEqual(pids);
      child.kill(signal);
      await expectEnd(pids);
    },
    patient,
  );
});
