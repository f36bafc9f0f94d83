import type { Shape, Tensor } from '../tensor.ts';
import type { Scope } from './scope.ts';

// A sequence [T, F, B] as one matrix, for what is computed over all steps at once: `columns` [F, T·B], whose products
// over the steps are the fastest, or `rows` [T·B, F], where the features of a softmax lie together in memory. Each is
// made once, when something asks for it. A matrix is its own columns.

/** The name of a result, or of the rows of one that was computed by rows. */
export type Emitted = string | { readonly rows: string };

export function isSequence({ shape }: Tensor): boolean {
  return shape.length === 3;
}

/** Names what an operation gave. */
export function nameResult(tensor: Tensor, emitted: Emitted, scope: Scope): void {
  if (typeof emitted === 'string') {
    scope.name(tensor, emitted);
    return;
  }
  const { rows } = emitted;
  const [steps = 1, features = 1, lanes = 1] = tensor.shape;
  scope.nameByRows(tensor, rows, () =>
    features === 1
      ? reshape(rows, tensor.shape, scope)
      : transposed(reshape(rows, [steps, lanes, features], scope), [0, 2, 1], scope),
  );
}

export function rowsOf(x: Tensor, scope: Scope): string {
  return scope.inLayout('rows', x, () =>
    scope.stepsOf(x)
      ? transposed(columnsOf(x, scope), [1, 0], scope)
      : toRows(scope.nameOf(x), x.shape, scope),
  );
}

/** The rows of the sequence of that name and shape. */
export function toRows(name: string, shape: Shape, scope: Scope): string {
  const [steps = 1, features = 1, lanes = 1] = shape;
  return reshape(transposed(name, [0, 2, 1], scope), [steps * lanes, features], scope);
}

export function columnsOf(x: Tensor, scope: Scope): string {
  if (!isSequence(x)) return scope.nameOf(x);
  const [steps = 1, features = 1, lanes = 1] = x.shape;
  const apart = scope.stepsOf(x);
  return scope.inLayout('columns', x, () =>
    apart
      ? scope.emit('Concat', apart, { axis: 1 })
      : scope.isByRows(x)
        ? transposed(rowsOf(x, scope), [1, 0], scope)
        : reshape(transposed(scope.nameOf(x), [1, 0, 2], scope), [features, steps * lanes], scope),
  );
}

/** The steps [F, B] of a sequence [T, F, B], cut out of it. */
export function splitSteps(sequence: Tensor, scope: Scope): readonly string[] {
  const { shape } = sequence;
  const [steps = 1] = shape;
  const name = scope.nameOf(sequence);
  return scope.allOnce(`steps of ${name}`, () =>
    Array.from({ length: steps }, (_, step) => {
      const bound = (value: number) => scope.constant('int64', [1], [value]);
      const cut = scope.emit('Slice', [name, bound(step), bound(step + 1), bound(0)]);
      return reshape(cut, shape.slice(1), scope);
    }),
  );
}

/** The sequence [T, F, B] of steps that were named one by one. */
export function joinSteps(steps: readonly string[], shape: Shape, scope: Scope): string {
  return reshape(scope.emit('Concat', steps, { axis: 0 }), shape, scope);
}

/** Ids [T, B] in the order of the rows, each by itself [T·B, 1]. */
export function idsOfRows(ids: Tensor, scope: Scope): string {
  const [steps = 1, lanes = 1] = ids.shape;
  const name = scope.nameOf(ids);
  return scope.once(`rows of ${name}`, () => reshape(name, [steps * lanes, 1], scope));
}

/** The value of that name with the same numbers in another shape. */
export function reshape(name: string, shape: Shape, scope: Scope): string {
  return scope.emit('Reshape', [name, scope.constant('int64', [shape.length], shape)]);
}

function transposed(name: string, perm: readonly number[], scope: Scope): string {
  return scope.emit('Transpose', [name], { perm });
}
