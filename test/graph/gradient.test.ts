import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradients, withGradients } from '../../src/graph/gradient.ts';
import { toOnnx } from '../../src/graph/onnx/lower.ts';
import {
  add,
  affine,
  concat,
  crossEntropy,
  gather,
  input,
  mean,
  multiply,
  oneHot,
  oneMinus,
  outer,
  scale,
  scatter,
  sigmoid,
  slice,
  softmax,
  subtract,
  subtractUnits,
  sumOfProducts,
  sumTo,
  tanh,
  transpose,
} from '../../src/graph/operations.ts';
import { recurrence } from '../../src/graph/recurrence.ts';
import { inOrder, type Shape, type Tensor } from '../../src/graph/tensor.ts';
import { Random } from '../../src/text/random.ts';
import { doubles, expectGradients } from './finite-differences.ts';

const size = fc.integer({ min: 1, max: 4 });
const seeds = fc.nat();
const runs = { numRuns: 15 };

/** Two shapes of up to three dimensions that broadcast to a third. */
const broadcasting = fc
  .array(fc.tuple(size, fc.constantFrom('both', 'a', 'b')), { minLength: 1, maxLength: 3 })
  .chain((axes) =>
    fc.tuple(fc.nat(axes.length), fc.nat(axes.length)).map(([lacks, other]) => {
      const operand = (name: string, lacking: number): Shape =>
        axes.map(([length, on]) => (on === 'both' || on === name ? length : 1)).slice(lacking);
      return { a: operand('a', lacks), b: operand('b', other) };
    }),
  );

/** [F, B] or [T, F, B] */
const columns = fc
  .tuple(size, size, fc.option(size))
  .map(([F, B, T]): Shape => (T === null ? [F, B] : [T, F, B]));

describe('the derived gradient equals finite differences of', () => {
  test.each(Object.entries({ add, subtract, multiply }))('%s', (_, operation) =>
    fc.assert(
      fc.asyncProperty(broadcasting, seeds, (parameters, seed) =>
        expectGradients({ parameters, seed }, ({ a, b }) => [operation(a, b)]),
      ),
      runs,
    ),
  );

  const scaled = (x: Tensor) => scale(x, -3);
  test.each(Object.entries({ sigmoid, tanh, softmax, oneMinus, scaled, mean }))(
    '%s',
    (_, operation) =>
      fc.assert(
        fc.asyncProperty(columns, seeds, (x, seed) =>
          expectGradients({ parameters: { x }, seed }, ({ x }) => [operation(x)]),
        ),
        runs,
      ),
  );

  test('transpose', () =>
    expectGradients({ parameters: { x: [3, 2] }, seed: 1 }, ({ x }) => [transpose(x)]));

  test('a concat, and parts of it, each used as often as may be', () =>
    fc.assert(
      fc.asyncProperty(
        columns,
        fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }),
        seeds,
        (x, used, seed) =>
          expectGradients({ parameters: { a: x, b: x, c: x }, seed }, ({ a, b, c }) => {
            const whole = tanh(concat([a, multiply(b, a), c]));
            const parts = used.map((index) => slice(whole, index, 3));
            return [parts.reduce(multiply), ...(used.length > 3 ? [whole] : [])];
          }),
      ),
      { numRuns: 30 },
    ));

  test('affine, of matrices and sequences, with and without what is added', () => {
    const shapesOfAdded = (M: number, B: number): Record<string, Shape> => ({
      matrix: [M, B],
      column: [M, 1],
      row: [1, B],
      scalar: [],
    });
    const added = fc.constantFrom('nothing', 'matrix', 'column', 'row', 'scalar');
    return fc.assert(
      fc.asyncProperty(columns, size, added, seeds, (x, M, added, seed) => {
        const [K = 1, B = 1] = x.slice(-2);
        const c = shapesOfAdded(M, B)[added];
        return expectGradients(
          { parameters: { W: [M, K], x, ...(c ? { c } : {}) }, seed },
          ({ W, x, c }) => [affine(W, x, c)],
        );
      }),
      { numRuns: 30 },
    );
  });

  test('sumOfProducts, of matrices and sequences', () =>
    fc.assert(
      fc.asyncProperty(columns, size, size, seeds, (x, K, M, seed) => {
        const parameters = { W: [M, x.at(-2) ?? 1], x, R: [M, K], h: x.with(-2, K), c: [M, 1] };
        return expectGradients({ parameters, seed }, ({ W, x, R, h, c }) => [
          sumOfProducts([
            [W, x],
            [R, h],
          ]),
          sumOfProducts(
            [
              [W, x],
              [R, h],
            ],
            c,
          ),
        ]);
      }),
      { numRuns: 20 },
    ));

  test('outer, of matrices and sequences, with and without what is added', () =>
    fc.assert(
      fc.asyncProperty(columns, size, fc.boolean(), seeds, (x, M, added, seed) => {
        const c = added ? { c: [M, x.at(-2) ?? 1] } : {};
        return expectGradients(
          { parameters: { a: x.with(-2, M), x, ...c }, seed },
          ({ a, x, c }) => [outer(a, x, c)],
        );
      }),
      { numRuns: 20 },
    ));

  test('sumTo', () =>
    fc.assert(
      fc.asyncProperty(broadcasting, seeds, ({ a: to, b }, seed) => {
        const x = add(input('a', to), input('b', b)).shape;
        return expectGradients({ parameters: { x }, seed }, ({ x }) => [sumTo(x, to)]);
      }),
      runs,
    ));

  test('crossEntropy, and what is left of a column without the unit vector of its id', () =>
    fc.assert(
      fc.asyncProperty(size, size, size, seeds, (T, V, B, seed) => {
        const random = Random.seeded(seed, 'ids');
        const given = { ids: Float64Array.from({ length: T * B }, () => random.below(V)) };
        const ids = input('ids', [T, B], 'int64');
        return expectGradients({ parameters: { x: [T, V, B] }, seed, given }, ({ x }) => [
          crossEntropy(x, ids),
          tanh(subtractUnits(x, ids)),
        ]);
      }),
      runs,
    ));

  test('gather and scatter, of ids that come several times', () =>
    fc.assert(
      fc.asyncProperty(size, size, size, size, seeds, (T, F, B, V, seed) => {
        const random = Random.seeded(seed, 'ids');
        const given = { ids: Float64Array.from({ length: T * B }, () => random.below(V)) };
        const ids = input('ids', [T, B], 'int64');
        const parameters = { table: [F, V], columns: [T, F, B] };
        return expectGradients({ parameters, seed, given }, ({ table, columns }) => [
          gather(table, ids),
          multiply(scatter(columns, ids, V), table),
        ]);
      }),
      { numRuns: 20 },
    ));

  test('a tensor that is used several times', () =>
    expectGradients({ parameters: { x: [2, 3], W: [2, 2] }, seed: 1 }, ({ x, W }) => {
      const once = tanh(affine(W, x, x));
      const twice = affine(W, multiply(once, x), once);
      const products = outer(once, twice, W);
      return [affine(products, once), affine(products, twice)];
    }));
});

describe('there is no gradient', () => {
  const x = input('x', [2]);

  test('by what the scalar does not depend on', () => {
    expect(() => gradients(mean(x), [input('y', [2])])).toThrow(/does not depend on a parameter/);
  });
});

test('what is derived stays as it was, and its results can be had on the same loops', () => {
  const { W, x, h } = doubles({ W: [2, 2], x: [3, 2, 4], h: [2, 4] });
  const { last, collected } = recurrence(3, [h], [x], ([hidden = h], [column = x]) => {
    const next = tanh(affine(W, hidden, column));
    return { next: [next], collect: [next] };
  });
  const [state = h, sequence = x] = [...last, ...collected];
  const results = { scalar: mean(sequence), state };
  const before = toOnnx(results);
  const derived = withGradients(results.scalar, [W, x], results);
  expect(toOnnx(results)).toEqual(before);
  const loops = inOrder([...derived.gradients, ...Object.values(derived.results)]).filter(
    ({ operation }) => operation.kind === 'recurrence',
  );
  // One forward, and its gradient.
  expect(loops).toHaveLength(2);
});

describe('what has no value is refused where it is built', () => {
  const x = input('x', [4, 2]);
  const ids = input('ids', [2], 'int64');
  const loop = (T: number, next: (state: Tensor) => readonly Tensor[]) => () =>
    recurrence(T, [x], [input('xs', [3, 4, 2])], ([state = x]) => ({
      next: next(state),
      collect: [],
    }));

  test.each([
    [
      'a slice that does not divide',
      () => slice(x, 0, 3),
      'there is no slice 0 of 3 of 4 features',
    ],
    ['a slice beyond the last', () => slice(x, 2, 2), 'there is no slice 2 of 2 of 4 features'],
    ['nothing concatenated', () => concat([]), 'there is nothing to concatenate'],
    ['a sequence of another length', loop(5, (h) => [h]), 'the shape [3, 4, 2] has not 5 steps'],
    ['a step that loses a state', loop(3, () => []), 'a step makes 0 states of 1'],
    [
      'a step that changes a shape',
      loop(3, (h) => [slice(h, 0, 2)]),
      'a step makes a state [2, 2] of one [4, 2]',
    ],
    ['ids that are no integers', () => oneHot(x, 5), 'ids are int64, not float'],
    [
      'a oneHot that is no factor',
      () => tanh(oneHot(ids, 5)),
      'a oneHot can only be multiplied by a matrix, not tanh',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(TypeError);
    expect(build).toThrow(message);
  });
});
