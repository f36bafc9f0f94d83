import { expect, test } from 'vitest';
import { BadInput } from '../../src/errors.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { initialParameters, maskShapes, parameterCount } from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';

const config: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: 50,
  embedding: 40,
  hidden: 64,
  layers: 2,
};

test.each([
  { network: config, count: 50 * 40 + 4 * 64 * (40 + 64 + 1 + 64 + 64 + 1) + 50 * 65 },
  {
    network: { ...config, cell: 'gru', embedding: 'one-hot' },
    count: 3 * 64 * (50 + 64 + 1 + 64 + 64 + 1) + 50 * 65,
  },
  { network: { ...config, cell: 'classic', layers: 1 }, count: 2000 + 64 * (40 + 64 + 1) + 3250 },
] as const)(
  '$network.cell, $network.layers layers, learns $count numbers',
  ({ network, count }) => {
    expect(parameterCount(network)).toBe(count);
    const random = Random.seeded(1, 'parameters');
    const drawn = Object.values(initialParameters(network, () => random.next()));
    expect(drawn.reduce((sum, { data }) => sum + data.length, 0)).toBe(count);
  },
);

test('recurrent dropout of a cell that has no recurrent weights is refused', () => {
  const minGru: NetworkConfig = { ...config, cell: 'mingru' };
  expect(maskShapes(minGru, { outputs: true, recurrent: false }, 3)).toEqual({
    recurrent: [],
    layers: [
      [64, 3],
      [64, 3],
    ],
  });
  expect(() => maskShapes(minGru, { outputs: true, recurrent: true }, 3)).toThrow(
    new BadInput(
      'The minGRU cell has no recurrent weights, so recurrent dropout cannot leave any out.',
      'Set recurrent dropout to 0, or choose another cell.',
    ),
  );
});

test('weights begin at the scale of their layer, and biases at 0', () => {
  const random = Random.seeded(1, 'parameters');
  const parameters = initialParameters(config, () => random.next());
  const values = (name: string) => [...(parameters[name]?.data ?? [])];
  const deviation = (numbers: readonly number[]) =>
    Math.sqrt(numbers.reduce((sum, each) => sum + each * each, 0) / numbers.length);
  expect(new Set([...values('layer1.f.b'), ...values('dense.b')])).toEqual(new Set([0]));
  // 2,000 numbers of a normal distribution; 4,096 uniform within an eighth.
  expect(deviation(values('embedding'))).toBeCloseTo(1, 1);
  expect(deviation(values('layer0.g.R'))).toBeCloseTo(1 / 8 / Math.sqrt(3), 2);
  expect(Math.max(...values('layer0.g.R').map(Math.abs))).toBeLessThanOrEqual(1 / 8);
});
