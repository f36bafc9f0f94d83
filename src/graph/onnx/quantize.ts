import type { Shape } from '../tensor.ts';

/** A matrix in single precision, row-major. */
export interface Matrix {
  /** [M, K] */
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Its weights are values · scales. */
export interface QuantizedMatrix {
  readonly shape: Shape;
  /** [M, K]: round(w / scale), -127 to 127. */
  readonly values: Int8Array;
  /** [M]: the largest absolute weight of each row of the matrix, divided by 127. */
  readonly scales: Float32Array;
}

/** A matrix [M, K] rounded to eight bits a weight, with a scale for each row. */
export function quantize({ shape, data }: Matrix): QuantizedMatrix {
  const [M = 1, K = 1] = shape;
  const values = new Int8Array(K * M);
  const scales = new Float32Array(M);
  for (let row = 0; row < M; row++) {
    let largest = 0;
    for (let k = 0; k < K; k++) largest = Math.max(largest, Math.abs(data[row * K + k] ?? 0));
    const scale = Math.fround(largest / 127);
    scales[row] = scale;
    const levels = scale > 0 ? 1 / scale : 0;
    for (let at = row * K; at < (row + 1) * K; at++) {
      values[at] = Math.round((data[at] ?? 0) * levels);
    }
  }
  return { shape, values, scales };
}

/**
 * What such a matrix multiplies lies in -1 to 1, as every hidden state does, and is rounded to a 64th: so few levels
 * that the sum of two products fits into the 16 bits of processors without instructions of their own for it (AVX2's
 * `vpmaddubsw`), and all find the same whole numbers.
 */
export const columnLevels = { scale: 1 / 64, zero: 64 } as const;

/** What the scales of a constant are called. */
export function scalesOf(name: string): string {
  return `${name}.scales`;
}
