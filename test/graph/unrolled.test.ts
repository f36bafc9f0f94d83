import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { toOnnx } from '../../src/graph/onnx/lower.ts';
import type { Target } from '../../src/graph/onnx/scope.ts';
import { type Tensor as GraphTensor, inOrder } from '../../src/graph/tensor.ts';
import { elements } from '../../src/network/parameters.ts';
import { gradientGraph } from '../../src/network/training-graph.ts';
import { Random } from '../../src/text/random.ts';
import { everyDropout, networks, title } from '../engine/networks.ts';

const [lanes, unroll] = [3, 5];

async function values(
  results: Readonly<Record<string, GraphTensor>>,
  target: Target,
): Promise<Readonly<Record<string, Float32Array>>> {
  const random = Random.seeded(1, 'inputs');
  const feeds = inOrder(Object.values(results)).flatMap(({ operation, shape, type }) => {
    if (operation.kind !== 'input') return [];
    const length = elements(shape);
    const tensor =
      type === 'int64'
        ? new Tensor(
            'int64',
            BigInt64Array.from({ length }, () => BigInt(random.below(7))),
            shape,
          )
        : new Tensor(
            'float32',
            Float32Array.from({ length }, () => random.next() - 0.5),
            shape,
          );
    return [[operation.name, tensor] as const];
  });
  const session = await InferenceSession.create(toOnnx(results, target), { intraOpNumThreads: 1 });
  const given = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(given).map(([name, { data }]) => {
      if (!(data instanceof Float32Array)) throw new TypeError(`"${name}" is not a float`);
      return [name, data];
    }),
  );
}

test.each(networks.map((config) => ({ config, title: title(config) })))(
  'a file for a card computes what that for a processor does: $title',
  async ({ config }) => {
    const dropout = everyDropout(config);
    const results = gradientGraph({ config, lanes, batch: lanes, unroll, dropout });
    const [found, expected] = [await values(results, 'card'), await values(results, 'processor')];
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [name, data] of Object.entries(expected)) {
      const apart = data.map((value, index) =>
        Math.abs(value - (found[name]?.[index] ?? Number.NaN)),
      );
      expect(Math.max(...apart), name).toBeLessThan(1e-6);
    }
  },
);

test('a file for a card has nothing that the runtime computes on the processor only', () => {
  const config = { cell: 'lstm', layers: 2, embedding: 5, vocabularySize: 7, hidden: 8 } as const;
  const dropout = everyDropout(config);
  const results = gradientGraph({ config, lanes, batch: lanes, unroll, dropout });
  const operators = (target: Target) =>
    ['Scan', 'LogSoftmax'].filter((name) =>
      Buffer.from(toOnnx(results, target)).includes(
        Buffer.from(`\x22${String.fromCharCode(name.length)}${name}`),
      ),
    );
  expect(operators('processor')).toEqual(['Scan', 'LogSoftmax']);
  expect(operators('card')).toEqual([]);
});
