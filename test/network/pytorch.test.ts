import { describe, expect, test } from 'vitest';
import { BadInput } from '../../src/errors.ts';
import { cellNames } from '../../src/network/cells/cells.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { initialParameters, parameterShapes } from '../../src/network/parameters.ts';
import { fromPytorch, toPytorch } from '../../src/network/pytorch.ts';
import { Random } from '../../src/text/random.ts';

const lstm: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: 6,
  embedding: 5,
  hidden: 8,
  layers: 2,
};

function drawn(config: NetworkConfig): NamedArrays {
  const random = Random.seeded(1, config.cell);
  const weights = initialParameters(config, () => random.next());
  for (const { data } of Object.values(weights)) {
    for (const place of data.keys()) data[place] = random.next() - 0.5;
  }
  return weights;
}

const array = (shape: readonly number[], ...values: readonly number[]) => ({
  shape,
  data: Float32Array.from(values),
});

test('an LSTM has the names and layouts of nn.Embedding, nn.LSTM and nn.Linear', () => {
  const config = { cell: 'lstm', vocabularySize: 2, embedding: 2, hidden: 1, layers: 2 } as const;
  // Each number is of its own: 1, 2, 3, ... in the order of the parameters.
  let next = 1;
  const weights = Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => {
      const length = shape.reduce((product, size) => product * size);
      return [name, array(shape, ...Array.from({ length }, () => next++))];
    }),
  );
  expect(toPytorch(config, weights)).toEqual({
    'embedding.weight': array([2, 2], 1, 2, 3, 4),
    'rnn.weight_ih_l0': array([4, 2], 5, 6, 9, 10, 13, 14, 17, 18),
    'rnn.weight_hh_l0': array([4, 1], 7, 11, 15, 19),
    'rnn.bias_ih_l0': array([4], 8, 12, 16, 20),
    'rnn.bias_hh_l0': array([4], 0, 0, 0, 0),
    'rnn.weight_ih_l1': array([4, 1], 21, 24, 27, 30),
    'rnn.weight_hh_l1': array([4, 1], 22, 25, 28, 31),
    'rnn.bias_ih_l1': array([4], 23, 26, 29, 32),
    'rnn.bias_hh_l1': array([4], 0, 0, 0, 0),
    'linear.weight': array([2, 1], 33, 34),
    'linear.bias': array([2], 35, 36),
  });
});

describe('coming back', () => {
  const networks: readonly NetworkConfig[] = [
    lstm,
    { ...lstm, cell: 'classic', layers: 4 },
    { ...lstm, cell: 'gru', hidden: 11 },
    { ...lstm, cell: 'classic', layers: 1, embedding: 'one-hot' },
    ...cellNames.map((cell) => ({ ...lstm, cell })),
  ];
  test.each(networks)('$cell of $layers layers is what it was', (config) => {
    const weights = drawn(config);
    expect(fromPytorch(toPytorch(config, weights))).toEqual({ config, weights });
  });

  test("PyTorch's two biases are added up", () => {
    const theirs = { ...toPytorch(lstm, drawn(lstm)) };
    theirs['rnn.bias_ih_l1'] = array([32], ...Array.from({ length: 32 }, (_, k) => k));
    theirs['rnn.bias_hh_l1'] = array([32], ...Array.from({ length: 32 }, (_, k) => 100 * k));
    const { weights } = fromPytorch(theirs);
    const ofForget = [808, 909, 1010, 1111, 1212, 1313, 1414, 1515];
    expect(weights['layer1.f.b']).toEqual(array([8, 1], ...ofForget));
  });
});

describe('there is no network here', () => {
  const whole = toPytorch(lstm, drawn(lstm));
  const without = (name: string) => {
    const { [name]: _, ...others } = whole;
    return others;
  };
  const zeros = (...shape: readonly [number, number]) =>
    array(shape, ...new Float32Array(shape[0] * shape[1]));

  test.each([
    ['without a linear layer', without('linear.weight'), 'The file has no array "linear.weight".'],
    [
      'with biases that add up to more than there is',
      {
        ...whole,
        'rnn.bias_ih_l1': array([32], ...Array.from({ length: 32 }, () => 3e38)),
        'rnn.bias_hh_l1': array([32], ...Array.from({ length: 32 }, () => 3e38)),
      },
      '"rnn.bias_hh_l1" and the other bias of its layer add up to more than single precision holds.',
    ],
    ['without a bias', without('rnn.bias_hh_l1'), 'The file has no array "rnn.bias_hh_l1".'],
    [
      'with a layer of another length',
      { ...whole, 'rnn.weight_ih_l1': zeros(32, 9) },
      '"rnn.weight_ih_l1" has the shape [32, 9]; by the other arrays it should be [32, 8].',
    ],
    [
      'with a vector for a matrix',
      { ...whole, 'linear.weight': array([48], ...new Float32Array(48)) },
      '"linear.weight" has the shape [48], not that of a matrix.',
    ],
    [
      'with a direction more',
      { ...whole, 'rnn.weight_ih_l0_reverse': zeros(32, 5) },
      'The file has an array "rnn.weight_ih_l0_reverse", which no network of Escriba has.',
    ],
    ['with five gates', { ...whole, 'rnn.weight_hh_l0': zeros(40, 8) }, 'has 5 rows for each'],
    [
      'in nn.DataParallel',
      Object.fromEntries(Object.entries(whole).map(([name, each]) => [`module.${name}`, each])),
      'The file\'s arrays are named "module.…", as nn.DataParallel names them.',
    ],
    [
      'shorter than any',
      toPytorch({ ...lstm, hidden: 4 }, drawn({ ...lstm, hidden: 4 })),
      'The network has 2 layers of length 4, 6 characters and the embedding 5.',
    ],
    [
      "of PyTorch's GRU",
      { ...whole, 'rnn.weight_hh_l0': zeros(24, 8) },
      "The file holds a GRU of PyTorch's, which resets the hidden state after its product",
    ],
  ])('%s', (_, arrays, message) => {
    expect(() => fromPytorch(arrays)).toThrow(message);
    expect(() => fromPytorch(arrays)).toThrow(BadInput);
  });

  test("nor there: PyTorch's nn.GRU finds none of its names in a GRU of ours", () => {
    const config: NetworkConfig = { ...lstm, cell: 'gru', layers: 1 };
    const names = Object.keys(toPytorch(config, drawn(config)));
    expect(names.filter((name) => name.startsWith('rnn.'))).toEqual([]);
    expect(names).toContain('reset_before_gru.weight_ih_l0');
  });
});
