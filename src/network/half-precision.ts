import { BadInput } from '../errors.ts';

// IEEE 754 binary16: a sign, five bits of exponent and ten of fraction. A half is a whole number of steps, whose
// size the exponent says: 2⁻²⁴ for exponents 0 (with fewer than 1,024 steps) and 1, and twice as much for each one more.
const stepSizes = Float64Array.from(
  { length: 31 },
  (_, exponent) => 2 ** (Math.max(exponent, 1) - 25),
);
const largest = 65_504;

/** Each number as the nearest half, of two equally near the even one. @throws BadInput beyond ±65,504 */
export function toHalves(numbers: Float32Array): Uint16Array {
  const bits = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  return Uint16Array.from(numbers, (number, index) => {
    const magnitude = Math.abs(number);
    if (!(magnitude <= largest)) {
      throw new BadInput(
        `The weight ${number} does not fit half precision, which ends at ${largest}.`,
        'Write the file in single precision.',
      );
    }
    const word = bits[index] ?? 0;
    const exponent = Math.max(((word >>> 23) & 0xff) - 127 + 15, 1);
    // Adding 2⁵² leaves no room for a fraction, so the sum is rounded to a whole number, halfway to the even one.
    const steps = magnitude / (stepSizes[exponent] ?? 1) + 2 ** 52 - 2 ** 52;
    return ((word >>> 16) & 0x8000) | (((exponent - 1) << 10) + steps);
  });
}

/** The numbers that halves stand for, exactly. */
export function fromHalves(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    const sign = half & 0x8000 ? -1 : 1;
    const stepSize = stepSizes[exponent];
    if (stepSize === undefined)
      return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (exponent > 0 ? 1024 + fraction : fraction) * stepSize;
  });
}
