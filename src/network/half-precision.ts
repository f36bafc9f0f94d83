import { BadInput } from '../errors.ts';

// IEEE 754 binary16: a sign, five bits of exponent and ten of fraction. A half is a whole number of steps, whose size
// the exponent says: 2⁻²⁴ for the exponents 0 (fewer than 1,024 steps) and 1, and twice as much for each one more.
const stepSizes = Float64Array.from(
  { length: 31 },
  (_, exponent) => 2 ** (Math.max(exponent, 1) - 25),
);
const largest = 65_504;

/** Each number as the nearest half, of two equally near the even one. @throws BadInput beyond ±65,504 */
export function toHalves(numbers: Float32Array): Uint16Array {
  const words = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const halves = new Uint16Array(numbers.length);
  numbers.forEach((number, index) => {
    const magnitude = Math.abs(number);
    if (!(magnitude <= largest)) {
      throw new BadInput(
        `The weight ${number} is too large for half precision, whose largest is ${largest}.`,
        'Write the file in single precision.',
      );
    }
    const word = words[index] ?? 0;
    const exponent = Math.max(((word >>> 23) & 0xff) - 127 + 15, 1);
    // Beside 2⁵² there is no room for a fraction: the sum is rounded to a whole number, halfway to the even one.
    const steps = magnitude / (stepSizes[exponent] ?? 1) + 2 ** 52 - 2 ** 52;
    halves[index] = ((word >>> 16) & 0x8000) | (((exponent - 1) << 10) + steps);
  });
  return halves;
}

/** The numbers that halves stand for, exactly. */
export function fromHalves(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => numberOf(half));
  const numbers = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++) {
    numbers[index] = table[halves[index] ?? 0] ?? 0;
  }
  return numbers;
}

/** The number of every half: a file has millions of them. */
let table: Float32Array | undefined;

function numberOf(half: number): number {
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  const steps = exponent > 0 ? 1024 + fraction : fraction;
  const beyond = fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent < 31 ? steps * (stepSizes[exponent] ?? 0) : beyond);
}
