import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kernel } from '../../src/simd/kernel.ts';
import { sharedPages } from '../../src/simd/memory.ts';

const number = fc.float({ noNaN: true, min: -100, max: 100 });
/** Around the lengths at which an array's last block, or its last four numbers, are whole. */
const length = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.integer({ min: 1020, max: 1030 }),
  fc.integer({ min: 2040, max: 4100 }),
);

/** Arrays of one length in memory that threads share, each as a part of a longer one. */
function numbers(values: readonly number[], length: number, offset: number): Float32Array {
  const bytes = (length + 2 * offset) * Float32Array.BYTES_PER_ELEMENT;
  const around = new Float32Array(new SharedArrayBuffer(bytes));
  const inside = around.subarray(offset, offset + length);
  inside.forEach((_, index) => {
    inside[index] = (values[index % values.length] ?? 0) * (1 + (index % 7));
  });
  return inside;
}

describe('a loop over arrays', () => {
  const memory = sharedPages(3);
  const add = kernel(
    { arrays: ['a', 'b'], scalars: [], assign: [['a', ['add', 'a', 'b']]] },
    memory,
    0,
  );
  // The last page: what goes past it does not exist.
  const formulas = kernel(
    {
      arrays: ['a', 'b', 'c'],
      scalars: ['k'],
      assign: [
        ['a', ['sub', ['mul', 'k', 'b'], 'a']],
        ['c', ['div', ['sqrt', ['mul', 'c', 'c']], ['add', ['mul', 'a', 'a'], 'k']]],
      ],
      squares: 'c',
    },
    memory,
    2,
  );

  test('computes every number in single precision, in turn, whatever the length', () =>
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 3, maxLength: 3 }),
        fc.float({ noNaN: true, min: Math.fround(0.1), max: 10 }),
        length,
        fc.integer({ min: 0, max: 5 }),
        (values, k, length, offset) => {
          const arrays = {
            a: numbers(values, length, offset),
            b: numbers(values.toReversed(), length, offset),
            c: numbers(values, length, offset),
          };
          const before = { a: arrays.a.slice(), b: arrays.b.slice(), c: arrays.c.slice() };
          const f = Math.fround;
          const expected = before.a.map((first, index) => {
            const { b = [], c = [] } = before;
            const a = f(f(k * (b[index] ?? 0)) - first);
            const root = f(Math.sqrt(f((c[index] ?? 0) ** 2)));
            return f(root / f(f(a * a) + k));
          });
          const squares = formulas(arrays, { k });
          expect(arrays.c).toEqual(expected);
          expect(arrays.b).toEqual(before.b);
          const sum = expected.reduce((sum, each) => sum + each ** 2, 0);
          expect(Math.abs(squares - sum)).toBeLessThanOrEqual(1e-12 * sum);
        },
      ),
      { numRuns: 300 },
    ));

  test('touches nothing beside the arrays', () => {
    const around = new Float32Array(12).fill(7);
    expect(add({ a: around.subarray(3, 8), b: around.subarray(6, 11) }, {})).toBe(0);
    expect([...around]).toEqual([7, 7, 7, 14, 14, 14, 14, 14, 7, 7, 7, 7]);
  });

  test('changes no page but its own', () => {
    const pages = new Uint8Array(memory.buffer);
    const before = pages.slice();
    add({ a: new Float32Array(5000).fill(3), b: new Float32Array(5000).fill(4) }, {});
    expect(pages.subarray(0, 65_536)).not.toEqual(before.subarray(0, 65_536));
    expect(pages.subarray(65_536)).toEqual(before.subarray(65_536));
  });

  test('refuses arrays of different lengths', () => {
    expect(() => add({ a: new Float32Array(5), b: new Float32Array(6) }, {})).toThrow(
      new RangeError('the arrays are 5, 6 numbers long'),
    );
  });

  test('hands on what is not a number', () => {
    const square = kernel({ arrays: ['a'], scalars: [], assign: [], squares: 'a' }, memory, 1);
    expect(square({ a: Float32Array.of(1, 2, 3) }, {})).toBe(14);
    expect(square({ a: Float32Array.of(1, Number.NaN) }, {})).toBeNaN();
    expect(square({ a: Float32Array.of(Number.POSITIVE_INFINITY) }, {})).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
