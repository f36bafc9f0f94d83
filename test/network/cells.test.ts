import { describe, expect, test } from 'vitest';
import { cellFormulas, cellNamed, cellNames } from '../../src/network/cells/cells.ts';
import { networkNotation } from '../../src/network/notation.ts';

describe.each(cellNames)('the %s cell', (name) => {
  const { states, gates, vectors, pytorch, module } = cellNamed(name);
  const keys = vectors.map(({ key }) => key);

  test('shows each of its states, and nothing that it has not', () => {
    expect(keys).toEqual(expect.arrayContaining([...states]));
    expect([...states, ...Object.keys(gates)]).toEqual(expect.arrayContaining(keys));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('has a formula of its own for each', () => {
    const right = cellFormulas(name).map((formula) => formula.replace(/^\S+ = /, ''));
    expect(new Set(right).size).toBe(keys.length);
    for (const [place, formula] of cellFormulas(name).entries()) {
      expect(formula.startsWith(`${vectors[place]?.symbol}`)).toBe(true);
    }
  });

  test('takes the module name of torch.nn in files only where it computes the same', () => {
    expect(module === 'rnn').toBe(pytorch !== undefined);
  });
});

test('a file tells the cells apart by the module and its gates', () => {
  const marks = cellNames.map((name) => {
    const { module, gates } = cellNamed(name);
    return `${module} ${Object.keys(gates).length}`;
  });
  expect(new Set(marks).size).toBe(cellNames.length);
});

test('a network is written as its layers times their size', () => {
  expect(networkNotation({ cell: 'lstm', layers: 2, hidden: 512 })).toBe('LSTM 2 × 512');
});
