import type { Shape, Tensor } from '../tensor.ts';
import type { Scope } from './scope.ts';

/**
 * A sequence [T, F, B] as one matrix [F, B·T] of all its columns, lane by lane; a matrix as it is. (The columns go in
 * any order that both factors of a product share, and this one is a plain transposition, three times as fast as
 * [F, T·B].)
 */
export function allColumns(x: Tensor, scope: Scope): string {
  const name = scope.nameOf(x);
  const [steps, features, lanes] = x.shape;
  if (x.shape.length !== 3 || !steps || !features || !lanes) return name;
  return scope.once(`all columns of ${name}`, () => {
    const timeLast = scope.emit('Transpose', [name], { perm: [1, 2, 0] });
    return reshape(timeLast, [features, lanes * steps], scope);
  });
}

/** A matrix of all columns, as `allColumns` makes it, as the sequence [T, F, B] that it is. */
export function inSequence(name: string, shape: Shape, scope: Scope): string {
  const [steps = 1, features = 1, lanes = 1] = shape;
  const timeLast = reshape(name, [features * lanes, steps], scope);
  return reshape(scope.emit('Transpose', [timeLast], { perm: [1, 0] }), shape, scope);
}

/** The value of that name with the same numbers in another shape. */
export function reshape(name: string, shape: Shape, scope: Scope): string {
  return scope.emit('Reshape', [name, scope.constant('int64', [shape.length], shape)]);
}
