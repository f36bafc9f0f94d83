import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  affine,
  multiply,
  sigmoid,
  sumOfProducts,
  tanh,
  transpose,
} from '../../src/graph/operations.ts';
import { recurrence } from '../../src/graph/recurrence.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { compute } from './compute.ts';
import { doubles, expectGradients } from './finite-differences.ts';

/** The tensors of a list that is known to hold this many. */
function both([first, second]: readonly Tensor[]): [Tensor, Tensor] {
  if (!first || !second) throw new TypeError('there are not two');
  return [first, second];
}

describe('a loop', () => {
  test('hands on its states, and out what it collects, step by step', async () => {
    // Fibonacci's numbers, each with the time it comes at.
    const { a, b, time } = doubles({ a: [1, 1], b: [1, 1], time: [6, 1, 1] });
    const { last, collected } = recurrence(6, [a, b], [time], (states, given) => {
      const [a, b] = both(states);
      const [time = a] = given;
      return { next: [b, add(a, b)], collect: [a, multiply(a, time), b] };
    });
    const results = Object.fromEntries(
      [...last, ...collected].map((tensor, index) => [`result${index}`, tensor]),
    );
    const found = await compute(results, {
      a: Float64Array.of(0),
      b: Float64Array.of(1),
      time: Float64Array.of(1, 2, 3, 4, 5, 6),
    });
    expect(Object.values(found).map((values) => [...values])).toEqual([
      [8],
      [13],
      [0, 1, 1, 2, 3, 5],
      [0, 2, 3, 8, 15, 30],
      [1, 1, 2, 3, 5, 8],
    ]);
  });
});

describe('the derived gradient equals finite differences of', () => {
  const size = fc.integer({ min: 1, max: 3 });
  const sizes = fc.record({ T: size, X: size, F: size, B: size, seed: fc.nat() });
  const runs = { numRuns: 25 };

  test('a loop with two states, two sequences, weights used twice and tensors made outside', () =>
    fc.assert(
      fc.asyncProperty(sizes, ({ T, X, F, B, seed }) => {
        const parameters = {
          ...{ h: [F, B], c: [F, 1], x: [T, X, B], y: [T, F, B] },
          ...{ R: [F, F], A: [F, 2], E: [X, 2], b: [F, 1], mask: [F, B], s: [] },
        };
        return expectGradients({ parameters, seed }, (p) => {
          const W = affine(p.A, transpose(p.E), p.b);
          const initial = [p.h, add(p.h, p.c)];
          const { last, collected } = recurrence(T, initial, [p.x, p.y], (states, given) => {
            const [h, c] = both(states);
            const [x, y] = both(given);
            const fromBoth = [
              [W, x],
              [p.R, h],
            ] as const;
            const gate = sigmoid(sumOfProducts(fromBoth, p.b));
            const kept = add(multiply(gate, multiply(c, p.mask)), multiply(y, p.s));
            const next = tanh(affine(p.R, multiply(gate, h), add(kept, p.mask)));
            return { next: [next, kept], collect: [next, gate] };
          });
          return [...last, ...collected];
        });
      }),
      runs,
    ));

  test('loops one after the other, the last of which gives only its state', () =>
    fc.assert(
      fc.asyncProperty(sizes, ({ T, X, F, B, seed }) => {
        const parameters = {
          ...{ x: [T, X, B], h: [F, B], W: [F, X], R: [F, F], mask: [F, B] },
        };
        return expectGradients({ parameters, seed }, ({ x, h, W, R, mask }) => {
          const layer = (weights: Tensor, sequence: Tensor) =>
            recurrence(T, [h], [sequence], ([hidden = h], [column = x]) => {
              const next = tanh(affine(weights, column, affine(R, hidden)));
              return { next: [next], collect: [next] };
            });
          const [below = x] = layer(W, x).collected;
          return layer(R, multiply(below, mask)).last;
        });
      }),
      runs,
    ));
});
