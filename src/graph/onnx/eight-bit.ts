import type { Shape } from '../tensor.ts';

/** So many neighbours in a row share a scale. */
export const blockSize = 64;

export interface Matrix {
  /** [M, K] */
  readonly shape: Shape;
  readonly data: ArrayLike<number>;
}

export interface EightBitMatrix {
  /** [M, ⌈K / 64⌉, 64]: round(w / scale) + 128, and 128 beyond the row's end. */
  readonly values: Uint8Array;
  /** [M, ⌈K / 64⌉]: the largest absolute weight of each block, divided by 127. */
  readonly scales: Float32Array;
}

/**
 * A matrix [M, K] rounded to eight bits a weight, as the runtime's `MatMulNBits` takes it. A step for one row is
 * bound by how fast the weights come from memory, and these are a quarter of the bytes.
 */
export function eightBit(matrix: Matrix): EightBitMatrix {
  const [rows = 1, columns = 1] = matrix.shape;
  const blocks = Math.ceil(columns / blockSize);
  const values = new Uint8Array(rows * blocks * blockSize).fill(128);
  const scales = new Float32Array(rows * blocks);
  for (let block = 0; block < scales.length; block++) {
    const first = (block % blocks) * blockSize;
    const size = Math.min(blockSize, columns - first);
    const from = Math.floor(block / blocks) * columns + first;
    let largest = 0;
    for (let index = 0; index < size; index++) {
      largest = Math.max(largest, Math.abs(matrix.data[from + index] ?? 0));
    }
    const scale = Math.fround(largest / 127);
    scales[block] = scale;
    if (scale === 0) continue;
    for (let index = 0; index < size; index++) {
      const level = Math.round((matrix.data[from + index] ?? 0) / scale);
      values[block * blockSize + index] = 128 + Math.max(-127, Math.min(127, level));
    }
  }
  return { values, scales };
}

/** What the scales of a constant are called. */
export function scalesOf(name: string): string {
  return `${name}.scales`;
}
