import { describe, expect, test } from 'vitest';
import type { States, Stepper, StepperSetup } from '../../src/engine/engine.ts';
import { cellNames } from '../../src/network/cells/cells.ts';
import type { NamedArray, NetworkConfig } from '../../src/network/config.ts';
import { Random } from '../../src/text/random.ts';
import { referenceWindow } from '../support/reference-network.ts';
import { engines } from './engines.ts';
import {
  expectClose,
  laneStates,
  networks,
  randomIds,
  randomState,
  title,
  unitVectors,
} from './networks.ts';

describe.each(engines)('a stepper of the $name engine', (engine) => {
  async function withStepper(
    setup: StepperSetup,
    use: (stepper: Stepper) => Promise<void>,
  ): Promise<void> {
    const stepper = await engine.stepper(setup);
    try {
      await use(stepper);
    } finally {
      await stepper.close();
    }
  }

  const cases = networks.map((config) => ({ config, title: title(config) }));
  test.each(cases)(
    'gives the logits, states and gates of rows of ids and of weights: $title',
    async ({ config }) => {
      const rows = 3;
      const random = Random.seeded(1, title(config));
      const weights = randomState(config, rows, random);
      await withStepper({ config, weights, threads: 1, gates: true }, async (stepper) => {
        let states: States | undefined;
        let lanes = laneStates(config, rows);
        for (let step = 0; step < 6; step++) {
          const ids = randomIds(config, rows, random);
          const units = unitVectors(config, ids);
          // Half of each of two characters, which may be the same.
          const mixtures = units.map((unit, row) =>
            unit.map((one, id) => (one + (units[(row + 1) % rows]?.[id] ?? 0)) / 2),
          );
          const byId = step % 2 === 0;
          const expected = referenceWindow({
            config,
            parameters: weights,
            batch: rows,
            inputs: byId ? units : mixtures,
            targets: ids,
            states: lanes,
          });
          const characters = byId ? ids : Float32Array.from(mixtures.flatMap((row) => [...row]));
          const found = await stepper.step(characters, states);
          expectClose(
            found.logits,
            expected.logits.flatMap((row) => [...row]),
            'the logits',
          );
          const [names = {}] = expected.gates;
          expect(Object.keys(found.gates).sort()).toEqual(Object.keys(names).sort());
          for (const gate of Object.keys(names)) {
            const values = expected.gates.flatMap((row) => [...(row[gate] ?? [])]);
            expectClose(found.gates[gate], values, gate);
          }
          states = found.states;
          lanes = expected.states.map((layers) => [...layers]);
        }
        const { hidden: H } = config;
        const after = laneStates(
          config,
          rows,
          (name, row, k) => states?.[name]?.[row * H + k] ?? 0,
        );
        const flat = (all: typeof lanes) =>
          all.flat().flatMap((one) => [...one.hidden, ...one.cell]);
        expectClose(flat(after), flat(lanes), 'the states');
      });
    },
  );

  // Lengths of which no row begins where the one before it did in a vector of the processor.
  const odd = cellNames.flatMap((cell) =>
    [1, 2].flatMap((threads) =>
      [false, true].map((quantized) => ({
        config: { cell, vocabularySize: 11, embedding: 5, hidden: 77, layers: 2 },
        threads,
        quantized,
        cell,
        weightsAre: quantized ? 'quantized weights' : 'weights as they are',
      })),
    ),
  );
  // Ten blocks of eight bits, the last one not full.
  const wide = {
    config: { cell: 'lstm', vocabularySize: 11, embedding: 5, hidden: 589, layers: 1 },
    ...{ threads: 2, quantized: true, cell: 'lstm, 589 wide', weightsAre: 'quantized weights' },
  } as const;
  test.each([...odd, wide])(
    'gives a row the same bits alone and among 64: $cell, $threads threads, $weightsAre',
    async ({ config, threads, quantized }) => {
      const rows = 64;
      const random = Random.seeded(2, config.cell);
      const weights = randomState(config, rows, random);
      await withStepper({ config, weights, threads, quantized }, async (stepper) => {
        let together: States | undefined;
        const alone: Record<number, States> = {};
        for (let step = 0; step < (config.hidden > 100 ? 8 : 40); step++) {
          const ids = randomIds(config, rows, random);
          const all = await stepper.step(ids, together);
          together = all.states;
          for (const row of [0, 1, 38, 63]) {
            const own = await stepper.step(ids.subarray(row, row + 1), alone[row]);
            alone[row] = own.states;
            expect(own.logits).toEqual(rowOf(all.logits, row, rows));
            for (const [name, state] of Object.entries(own.states)) {
              expect(state).toEqual(rowOf(all.states[name] ?? new Float32Array(), row, rows));
            }
          }
        }
      });
    },
  );

  test('tries again to read weights of characters where that failed once', async () => {
    const [config] = networks;
    if (!config) throw new Error('there are networks');
    const random = Random.seeded(4, 'again');
    const weights: Record<string, NamedArray> = { ...randomState(config, 1, random) };
    await withStepper({ config, weights, threads: 1 }, async (stepper) => {
      const unit = new Float32Array(config.vocabularySize);
      unit[2] = 1;
      const bias = weights['dense.b'];
      delete weights['dense.b'];
      const first = stepper.step(unit, undefined);
      // An engine that has all it needs from the beginning does not fail.
      await first.catch((error) => expect(String(error)).toContain('"dense.b"'));
      if (bias) weights['dense.b'] = bias;
      const { logits } = await stepper.step(unit, undefined);
      const byId = await stepper.step(Int32Array.of(2), undefined);
      expectClose(logits, byId.logits, 'the logits');
    });
  });

  test('gives the same by one thread and by two', async () => {
    const config: NetworkConfig = {
      cell: 'lstm',
      vocabularySize: 40,
      embedding: 16,
      hidden: 96,
      layers: 2,
    };
    const rows = 32;
    const random = Random.seeded(3, 'threads');
    const weights = randomState(config, rows, random);
    const windows = Array.from({ length: 10 }, () => randomIds(config, rows, random));
    const found = [1, 2].map(() => [] as Float32Array[]);
    for (const [index, logits] of found.entries()) {
      const threads = index + 1;
      await withStepper({ config, weights, threads }, async (stepper) => {
        let states: States | undefined;
        for (const ids of windows) {
          const output = await stepper.step(ids, states);
          states = output.states;
          logits.push(output.logits);
        }
      });
    }
    const [one = [], two = []] = found.map((steps) => steps.flatMap((logits) => [...logits]));
    expectClose(two, one, 'the logits');
  });
});

/** Row r of [R, F]. */
function rowOf(matrix: Float32Array, row: number, rows: number): Float32Array {
  const length = matrix.length / rows;
  return matrix.slice(row * length, (row + 1) * length);
}
