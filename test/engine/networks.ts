import { expect } from 'vitest';
import type { Window, WindowMasks } from '../../src/engine/engine.ts';
import { cellNamed, cellNames } from '../../src/network/cells/cells.ts';
import type { Dropout, NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import {
  elements,
  parameterShapes,
  recurrentShapes,
  stateShapes,
} from '../../src/network/parameters.ts';
import { tensorNames } from '../../src/network/training-graph.ts';
import type { Random } from '../../src/text/random.ts';
import type { LaneState, Vector } from '../support/reference-cells.ts';

/** A small network of each cell, of one layer and of two, with an embedding and one-hot. */
export const networks: readonly NetworkConfig[] = cellNames.flatMap((cell) =>
  [1, 2].flatMap((layers) =>
    ([5, 'one-hot'] as const).map((embedding) => ({
      cell,
      layers,
      embedding,
      vocabularySize: 7,
      hidden: 8,
    })),
  ),
);

export function title({ cell, layers, embedding }: NetworkConfig): string {
  return `${cell}, ${layers} layers, ${embedding === 'one-hot' ? embedding : 'embedding'}`;
}

/** Numbers between −0.5 and 0.5 for parameters and states of [H, lanes]. */
export function randomState(config: NetworkConfig, lanes: number, random: Random): NamedArrays {
  return Object.fromEntries(
    [...parameterShapes(config), ...stateShapes(config, lanes)].map(({ name, shape }) => [
      name,
      { shape, data: Float32Array.from({ length: elements(shape) }, () => random.next() - 0.5) },
    ]),
  );
}

/** The whole state of a training that is about to begin, hidden states [H, B] included. */
export function beginning(config: NetworkConfig, batch: number, random: Random): NamedArrays {
  const state = randomState(config, batch, random);
  const optimizer = parameterShapes(config).flatMap(({ name, shape }) => {
    const data = state[name]?.data ?? new Float32Array();
    return [
      [tensorNames.m(name), { shape, data: new Float32Array(data.length) }],
      [tensorNames.v(name), { shape, data: new Float32Array(data.length) }],
      [tensorNames.average(name), { shape, data }],
    ] as const;
  });
  return { ...state, ...Object.fromEntries(optimizer) };
}

export function randomIds(config: NetworkConfig, length: number, random: Random): Int32Array {
  return Int32Array.from({ length }, () => random.below(config.vocabularySize));
}

export function randomWindow(config: NetworkConfig, length: number, random: Random): Window {
  return {
    inputs: randomIds(config, length, random),
    targets: randomIds(config, length, random),
  };
}

/** All that can be left out of a network: a cell without recurrent matrices has none of their weights to leave out. */
export function everyDropout(config: NetworkConfig): Dropout {
  return { outputs: true, recurrent: recurrentShapes(config).length > 0 };
}

/** Leaves out about a third. */
export function randomMasks(config: NetworkConfig, batch: number, random: Random): WindowMasks {
  const factors = (length: number) =>
    Float32Array.from({ length }, () => (random.next() < 1 / 3 ? 0 : 1.5));
  return {
    recurrent: Object.fromEntries(
      recurrentShapes(config).map(({ name, shape }) => [name, factors(elements(shape))]),
    ),
    layers: Array.from({ length: config.layers }, () => factors(config.hidden * batch)),
  };
}

export function unitVectors(config: NetworkConfig, ids: Int32Array): Vector[] {
  return Array.from(ids, (id) => {
    const unit = new Float64Array(config.vocabularySize);
    unit[id] = 1;
    return unit;
  });
}

/** Of every lane each layer's states; `at` gives the state of a name at element k of a lane. */
export function laneStates(
  config: NetworkConfig,
  lanes: number,
  at: (name: string, lane: number, k: number) => number = () => 0,
): LaneState[][] {
  return Array.from({ length: lanes }, (_, lane) =>
    Array.from({ length: config.layers }, (_, layer) => {
      const read = (state: string) =>
        Float64Array.from({ length: config.hidden }, (_, k) =>
          at(`layer${layer}.${state}`, lane, k),
        );
      const hasCell = cellNamed(config.cell).states.includes('cell');
      return {
        hidden: read('hidden'),
        cell: hasCell ? read('cell') : new Float64Array(config.hidden),
      };
    }),
  );
}

/** Fails unless two arrays differ by less than a share of the norm of what is expected. */
export function expectClose(
  found: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  what: string,
  share = 1e-5,
): void {
  expect(found, what).toHaveLength(expected.length);
  let squares = 0;
  let norm = 0;
  for (let k = 0; k < expected.length; k++) {
    squares += ((found?.[k] ?? Number.NaN) - (expected[k] ?? Number.NaN)) ** 2;
    norm += (expected[k] ?? 0) ** 2;
  }
  expect(Math.sqrt(squares), what).toBeLessThanOrEqual(share * Math.sqrt(norm));
}
