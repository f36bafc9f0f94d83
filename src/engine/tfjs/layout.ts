import type { Shape } from '../../graph/tensor.ts';

/**
 * How a tensor of the graph lies in one of TensorFlow's: a sequence [T, F, B] as the matrix [F, T·B] of its columns, so
 * that a product over all steps is one product of matrices; others as they are.
 */
export function flat(shape: Shape): number[] {
  const [T = 1, F = 1, B = 1] = shape;
  return shape.length === 3 ? [F, T * B] : [...shape];
}

/** The same with time as an axis of its own, [F, T, B], which T = 1 stands for in a matrix. */
export function withTime(shape: Shape): readonly [number, number, number] {
  const [B = 1, F = 1, T = 1] = shape.toReversed();
  return [F, T, B];
}
