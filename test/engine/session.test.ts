import { expect, test } from 'vitest';
import { GraphSession } from '../../src/engine/onnx/session.ts';
import { nativeCodeTakesShared, sharedFloats } from '../../src/engine/onnx/shared-arrays.ts';
import { inOrder } from '../../src/graph/tensor.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { elements } from '../../src/network/parameters.ts';
import { gradientGraph } from '../../src/network/training-graph.ts';
import { Random } from '../../src/text/random.ts';

const config: NetworkConfig = {
  ...{ cell: 'lstm', vocabularySize: 7, embedding: 3, hidden: 4, layers: 1 },
};

test('arrays in shared memory are read and written where Node does not hand them to native code', async () => {
  const results = gradientGraph({
    ...{ config, lanes: 2, batch: 2, unroll: 3 },
    dropout: { outputs: false, recurrent: false },
  });
  const inputs = inOrder(Object.values(results)).flatMap(({ operation, shape, type }) =>
    operation.kind === 'input' && type !== 'int64' ? [{ name: operation.name, shape }] : [],
  );
  const places = [
    ...inputs,
    ...Object.entries(results).map(([name, { shape }]) => ({ name, shape })),
  ];
  const run = async (
    floats: (length: number) => Float32Array,
    ...how: readonly boolean[]
  ): Promise<Readonly<Record<string, Float32Array>>> => {
    const arrays = Object.fromEntries(
      places.map(({ name, shape }) => [name, floats(elements(shape))]),
    );
    const session = await GraphSession.create(results, arrays, 1, ...how);
    // What is written after the session was made counts, at every run.
    for (const seed of [1, 2]) {
      const random = Random.seeded(seed, 'session');
      for (const { name } of inputs) {
        for (const [place] of arrays[name]?.entries() ?? [])
          arrays[name]?.set([random.next()], place);
      }
      await session.run();
    }
    await session.close();
    return Object.fromEntries(
      Object.keys(results).map((name) => [name, Float32Array.from(arrays[name] ?? [])]),
    );
  };
  const expected = await run((length) => new Float32Array(length));
  expect(expected.loss?.[0]).toBeGreaterThan(0);
  expect(await run(sharedFloats, false)).toEqual(expected);
});

test('Node hands shared memory to native code since 22.21 and 24.9', () => {
  const versions = ['22.14.0', '22.20.0', '22.21.0', '23.11.1', '24.8.0', '24.9.0', '25.0.0'];
  expect(versions.map((version) => nativeCodeTakesShared(version))).toEqual([
    ...[false, false, true, false],
    ...[false, true, true],
  ]);
});
