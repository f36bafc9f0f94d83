import { describe, expect, test } from 'vitest';
import { BadInput } from '../../src/errors.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { fromSafetensors, toSafetensors } from '../../src/network/network-file.ts';
import { initialParameters, parameterShapes } from '../../src/network/parameters.ts';
import { toPytorch } from '../../src/network/pytorch.ts';
import { readSafetensors, writeSafetensors } from '../../src/network/safetensors.ts';
import { Random } from '../../src/text/random.ts';

const config: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: 4,
  embedding: 3,
  hidden: 8,
  layers: 1,
};
const vocabulary = ['\n', ' ', 'a', '“'];
const random = Random.seeded(1, 'network file');
const weights = initialParameters(config, () => random.next());

test('a network comes back from its file with its vocabulary and all that was noted', () => {
  const saved = {
    config,
    vocabulary,
    tokenizer: null,
    weights,
    metadata: { recipe: '{"steps":100}', bits: '1.8' },
  };
  expect(fromSafetensors(toSafetensors(saved))).toEqual(saved);
});

test('in half precision its weights are as near as that allows', () => {
  const file = toSafetensors({ config, vocabulary, tokenizer: null, weights, metadata: {} }, 'F16');
  const read = fromSafetensors(file);
  expect(read.config).toEqual(config);
  for (const [name, { data }] of Object.entries(weights)) {
    data.forEach((weight, place) => {
      const error = Math.abs((read.weights[name]?.data[place] ?? Number.NaN) - weight);
      expect(error).toBeLessThanOrEqual(Math.max(Math.abs(weight) / 2048, 2 ** -25));
    });
  }
});

test('in eight bits a weight is at most half a step of its row off', () => {
  const file = toSafetensors({ config, vocabulary, tokenizer: null, weights, metadata: {} }, 'I8');
  const read = fromSafetensors(file);
  expect(read.config).toEqual(config);
  for (const [name, { shape, data }] of Object.entries(weights)) {
    const columns = shape[1] ?? 1;
    data.forEach((weight, place) => {
      const row = data.subarray(place - (place % columns), place - (place % columns) + columns);
      const step = Math.max(...row.map(Math.abs)) / 127;
      const error = Math.abs((read.weights[name]?.data[place] ?? Number.NaN) - weight);
      expect(error).toBeLessThanOrEqual(shape.length === 2 ? step * 0.501 : 0);
    });
  }
});

test('the metadata holds the configuration and the vocabulary as JSON', () => {
  const { metadata } = readSafetensors(
    toSafetensors({
      config,
      vocabulary,
      tokenizer: null,
      weights,
      metadata: { vocabulary: 'not this' },
    }),
  );
  expect(JSON.parse(metadata.config ?? '')).toEqual(config);
  expect(JSON.parse(metadata.vocabulary ?? '')).toEqual(vocabulary);
});

describe('a file that PyTorch wrote', () => {
  const written = (metadata: Readonly<Record<string, string>>) =>
    writeSafetensors({ arrays: toPytorch(config, weights), metadata });

  test('needs the vocabulary alone in its metadata', () => {
    const file = written({ vocabulary: JSON.stringify(vocabulary) });
    expect(fromSafetensors(file)).toEqual({
      config,
      vocabulary,
      tokenizer: null,
      weights,
      metadata: {},
    });
  });

  test.each([3, 'one-hot'] as const)(
    'may have its characters in any order: they are sorted, and the weights with them (embedding %s)',
    (embedding) => {
      const config: NetworkConfig = {
        cell: 'lstm',
        vocabularySize: 4,
        embedding,
        hidden: 8,
        layers: 2,
      };
      const weights = initialParameters(config, () => random.next());
      const order = [2, 0, 3, 1];
      const shuffled = Object.fromEntries(
        parameterShapes(config).map(({ name, shape, tokenAxis }) => {
          const { data } = weights[name] ?? { data: new Float32Array() };
          const [rows = 0, columns = 0] = shape;
          const moved = new Float32Array(data.length);
          for (let row = 0; row < rows; row++) {
            for (let column = 0; column < columns; column++) {
              const from = [
                tokenAxis === 0 ? (order[row] ?? 0) : row,
                tokenAxis === 1 ? (order[column] ?? 0) : column,
              ] as const;
              moved[row * columns + column] = data[from[0] * columns + from[1]] ?? Number.NaN;
            }
          }
          return [name, { shape, data: moved }];
        }),
      );
      const file = writeSafetensors({
        arrays: toPytorch(config, shuffled),
        metadata: { vocabulary: JSON.stringify(order.map((id) => vocabulary[id])) },
      });
      expect(fromSafetensors(file)).toEqual({
        ...{ config, vocabulary, tokenizer: null, weights, metadata: {} },
      });
    },
  );

  test.each([
    ['no vocabulary', {}],
    ['one character too few', { vocabulary: '["\\n"," ","a"]' }],
    ['a vocabulary that is not a list of texts', { vocabulary: '[1,2,3,4]' }],
    ['a vocabulary that is not JSON', { vocabulary: 'abcd' }],
  ])('is refused with %s', (_, metadata) => {
    expect(() => fromSafetensors(written(metadata))).toThrow(BadInput);
    expect(() => fromSafetensors(written(metadata))).toThrow(
      "The file's metadata has no `vocabulary` with the 4 tokens that the network knows.",
    );
  });

  test.each([
    ['of another network', JSON.stringify({ ...config, cell: 'gru' })],
    ['that is not JSON', 'lstm'],
  ])('is refused with a configuration %s', (_, stated) => {
    const file = written({ vocabulary: JSON.stringify(vocabulary), config: stated });
    expect(() => fromSafetensors(file)).toThrow(BadInput);
    expect(() => fromSafetensors(file)).toThrow(
      'The arrays are of a network whose cell is lstm; the `config` in the file',
    );
  });
});
