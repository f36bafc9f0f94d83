import { describe, expect, test } from 'vitest';
import { input } from '../../src/graph/operations.ts';
import { cellFormulas, cellNamed, cellNames } from '../../src/network/cells/cells.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { inputs, singleStep, unrolled } from '../../src/network/model.ts';
import {
  elements,
  maskShapes,
  parameterShapes,
  recurrentShapes,
  stateShapes,
} from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';
import { compute } from '../graph/compute.ts';
import { expectGradients } from '../graph/finite-differences.ts';
import { formulaReader, type Value } from '../support/formula.ts';

const lanes = 2;

function networkOf(cell: NetworkConfig['cell'], embedding: NetworkConfig['embedding']) {
  return { cell, embedding, vocabularySize: 4, hidden: 3, layers: 2 } as const;
}

describe.each(cellNames)('the %s cell', (name) => {
  const { states, vectors, gates } = cellNamed(name);

  test('computes the formulas that it shows', async () => {
    const config = { ...networkOf(name, 'one-hot'), layers: 1 };
    const shapes = [...parameterShapes(config), ...stateShapes(config, 1)];
    const random = Random.seeded(1, name);
    const values = Object.fromEntries(
      [...shapes, { name: 'x', shape: [config.vocabularySize, 1] }].map(({ name, shape }) => [
        name,
        Float64Array.from({ length: elements(shape) }, () => 2 * random.next() - 1),
      ]),
    );
    // Weights of the characters, which sum to 1.
    values.x = Float64Array.of(0.7, -0.2, 0.4, 0.1);
    const symbols = inputs(shapes, 'double');
    const step = singleStep(config, symbols, symbols, input('x', [4, 1], 'double'));
    const found = await compute({ ...prefixed(step.states), ...step.gates }, values);

    const known = new Map<string, Value>([['x', Array.from(values.x)]]);
    for (const { key, symbol } of vectors) {
      if (states.includes(key)) known.set(symbol, Array.from(values[`layer0.${key}`] ?? []));
    }
    for (const { name, shape, gate } of parameterShapes(config)) {
      if (gate === null) continue;
      const numbers = Array.from(values[name] ?? []);
      const [rows = 0, columns = 0] = shape;
      const value =
        columns === 1
          ? numbers
          : Array.from({ length: rows }, (_, row) =>
              numbers.slice(row * columns, (row + 1) * columns),
            );
      const parameter = name.split('.').at(-1) ?? '';
      const isAlone = Object.keys(gates).length === 1;
      known.set(isAlone ? parameter : `${parameter}_${gate}`, value);
    }
    for (const [place, formula] of cellFormulas(name).entries()) {
      const [left = '', right = ''] = formula.split(' = ');
      const value = formulaReader(known)(right);
      known.set(left, value);
      const key = vectors[place]?.key ?? '';
      const computed = found[states.includes(key) ? `next.layer0.${key}` : `layer0.${key}`];
      expect(computed).toHaveLength(config.hidden);
      computed?.forEach((number, unit) => {
        expect(number).toBeCloseTo(value[unit] ?? Number.NaN, 12);
      });
    }
  });

  test.each([2, 'one-hot'] as const)(
    'has the gradients that finite differences give, in two layers, embedding %s',
    async (embedding) => {
      const config = networkOf(name, embedding);
      const dropout = { outputs: true, recurrent: recurrentShapes(config).length > 0 };
      const masks = maskShapes(config, dropout, lanes);
      const shapes = {
        ...shapesOf([...parameterShapes(config), ...stateShapes(config, lanes)]),
        ...shapesOf(masks.recurrent.map((mask) => ({ ...mask, name: `mask.${mask.name}` }))),
        ...Object.fromEntries(masks.layers.map((shape, layer) => [`mask${layer}`, shape])),
      };
      const V = config.vocabularySize;
      const given = { ids: Float64Array.from({ length: 3 * lanes }, (_, at) => (at * 5) % V) };
      const ids = input('ids', [3, lanes], 'int64');
      await expectGradients({ parameters: shapes, seed: 7, given }, (symbols) => {
        const result = unrolled(config, symbols, symbols, ids, {
          recurrent: Object.fromEntries(
            masks.recurrent.flatMap(({ name }) => {
              const mask = Object.entries(symbols).find(([each]) => each === `mask.${name}`);
              return mask ? [[name, mask[1]]] : [];
            }),
          ),
          layers: Object.entries(symbols).flatMap(([each, mask]) =>
            /^mask\d$/.test(each) ? [mask] : [],
          ),
        });
        return [result.logits, ...Object.values(result.states)];
      });
    },
  );
});

function shapesOf(
  named: readonly { readonly name: string; readonly shape: readonly number[] }[],
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(named.map(({ name, shape }) => [name, shape]));
}

function prefixed<Entry>(entries: Readonly<Record<string, Entry>>): Record<string, Entry> {
  return Object.fromEntries(Object.entries(entries).map(([name, each]) => [`next.${name}`, each]));
}
