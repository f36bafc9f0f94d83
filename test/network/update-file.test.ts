import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { NetworkConfig } from '../../src/network/config.ts';
import {
  adamScalarNames,
  adamScalars,
  optimizer,
  optimizerMemory,
  parameterState,
  stepScalars,
  trainableArrays,
} from '../../src/network/optimizer.ts';
import { elements, parameterShapes } from '../../src/network/parameters.ts';
import { tensorNames } from '../../src/network/training-graph.ts';
import { updateFile } from '../../src/network/update-file.ts';
import { Random } from '../../src/text/random.ts';

const config: NetworkConfig = {
  ...{ cell: 'lstm', layers: 1, embedding: 5, vocabularySize: 7, hidden: 8 },
};

test.each([true, false])(
  'is the step that the optimizer takes in place, with EMA: %s',
  async (keepsEma) => {
    const random = Random.seeded(1, 'arrays');
    const arrays = Object.fromEntries(
      [
        ...trainableArrays({ config, keepsEma }),
        ...parameterShapes(config).map(({ name, shape }) => ({
          name: tensorNames.gradient(name),
          shape,
        })),
      ].map(({ name, shape }) => {
        // A second moment is a mean of squares.
        const least = name.startsWith('v.') ? 0 : 0.5;
        const data = Float32Array.from({ length: elements(shape) }, () => random.next() - least);
        return [name, { shape, data }];
      }),
    );
    const step = stepScalars(3, 0.01, { weightDecay: 0.1, emaDecay: 0.9 });
    const factor = 0.7;
    const scalars = adamScalars(step, factor);
    const session = await InferenceSession.create(updateFile({ config, keepsEma }));
    const numbers = adamScalarNames.filter((name) => session.inputNames.includes(name));
    expect(numbers.includes('emaWeight')).toBe(keepsEma);
    const results = await session.run({
      ...Object.fromEntries(
        Object.entries(arrays).map(([name, { shape, data }]) => [
          name,
          new Tensor('float32', Float32Array.from(data), shape),
        ]),
      ),
      ...Object.fromEntries(
        numbers.map((name) => [name, new Tensor('float32', [scalars[name]], [])]),
      ),
    });
    await session.release();

    const inPlace = Object.fromEntries(
      Object.entries(arrays).map(([name, { data }]) => [name, Float32Array.from(data)]),
    );
    const { adam } = optimizer(optimizerMemory(1), 0);
    for (const parameter of parameterShapes(config)) {
      const gradient = inPlace[tensorNames.gradient(parameter.name)] ?? new Float32Array();
      adam(parameterState(inPlace, parameter), gradient, factor, step);
    }
    for (const { name } of trainableArrays({ config, keepsEma })) {
      const found = results[tensorNames.next(name)]?.data;
      const apart = Array.from(inPlace[name] ?? [], (value, index) =>
        Math.abs(value - Number(found?.[index])),
      );
      expect(Math.max(...apart), name).toBeLessThan(1e-6);
      expect(inPlace[name]).not.toEqual(arrays[name]?.data);
    }
  },
);
