import { expect, test } from 'vitest';
import { BadInput } from '../../src/errors.ts';
import { fromHalves, toHalves } from '../../src/network/half-precision.ts';

/** Every half from 0 to 65,504, in order. */
const positive = Uint16Array.from({ length: 0x7c00 }, (_, half) => half);

test('every half is read and written again as it was', () => {
  const all = Uint16Array.of(...positive, ...positive.map((half) => half | 0x8000));
  expect(toHalves(fromHalves(all))).toEqual(all);
  expect([...fromHalves(Uint16Array.of(0x0001, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x7c00))]).toEqual([
    2 ** -24,
    2 ** -14,
    1,
    -2,
    65_504,
    Number.POSITIVE_INFINITY,
  ]);
  expect(fromHalves(Uint16Array.of(0x7e00))).toEqual(Float32Array.of(Number.NaN));
});

test('a number is rounded to the nearest half, halfway to the even one', () => {
  const numbers = fromHalves(positive);
  const lower = positive.slice(0, -1);
  const halfway = Float32Array.from(
    lower,
    (half) => ((numbers[half] ?? 0) + (numbers[half + 1] ?? 0)) / 2,
  );
  const moved = (by: number) => {
    const words = new Int32Array(halfway.slice().buffer).map((word) => word + by);
    return toHalves(new Float32Array(words.buffer));
  };
  expect(toHalves(halfway)).toEqual(lower.map((half) => half + (half % 2)));
  expect(moved(-1)).toEqual(lower);
  expect(moved(1)).toEqual(lower.map((half) => half + 1));
});

test.each([70_000, Number.NaN, Number.NEGATIVE_INFINITY])('%d is refused', (number) => {
  expect(() => toHalves(Float32Array.of(number))).toThrow(BadInput);
});
