import { sameShape } from '../operations.ts';
import type { OperationKind, Tensor } from '../tensor.ts';
import { allColumns, reshape } from './columns.ts';
import { sumOfProducts } from './products.ts';
import { scalesOf } from './quantize.ts';
import type { Scope } from './scope.ts';

/** Emits the ONNX nodes of an operation and returns the name of its result. */
type Operator = (tensor: Tensor, scope: Scope) => string;

/** How each operation is said in ONNX, operator set 17. */
export const operators: Readonly<Record<Exclude<OperationKind, Structural>, Operator>> = {
  add: direct('Add'),
  subtract: direct('Sub'),
  multiply: direct('Mul'),
  sigmoid: direct('Sigmoid'),
  tanh: direct('Tanh'),

  transpose: (y, scope) => scope.emit('Transpose', names(y, scope), { perm: [1, 0] }),

  concat: (y, scope) => {
    const stacked = names(y, scope);
    const axis = featureAxis(y, scope);
    return stacked.some((name) => scope.isQuantized(name))
      ? concatQuantized(stacked, scope)
      : scope.emit('Concat', stacked, { axis });
  },

  slice: (y, scope) => {
    const [x = ''] = names(y, scope);
    const { index, count } = y.operation.kind === 'slice' ? y.operation : { index: 0, count: 1 };
    const parts = scope.allOnce(`${count} parts of ${x}`, () => {
      const outputs = Array.from({ length: count }, () => scope.fresh());
      const attributes = { axis: featureAxis(y, scope) };
      scope.emitNode({ operator: 'Split', inputs: [x], outputs, attributes });
      return outputs;
    });
    return parts[index] ?? '';
  },

  // Where there is a loss, its logarithm is there already.
  softmax: (y, scope) => scope.emit('Exp', [logSoftmax(y, scope)]),

  affine: sumOfProducts,

  outer: (y, scope) => {
    scope.mustBeByColumns('a sum over columns');
    const [a, x] = y.inputs.map((input, index) =>
      index < 2 ? allColumns(input, scope) : scope.nameOf(input),
    );
    const c = y.inputs.slice(2).map((input) => scope.nameOf(input));
    return scope.emit('Gemm', [a ?? '', x ?? '', ...c], { transB: 1 });
  },

  sumTo: (y, scope) => {
    scope.mustBeByColumns('a sum');
    const [x] = y.inputs;
    const [name = ''] = names(y, scope);
    if (!x) return name;
    const extra = x.shape.length - y.shape.length;
    const axes = x.shape.flatMap((size, axis) =>
      axis < extra || (y.shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
    );
    const kept = x.shape.filter((_, axis) => !axes.includes(axis));
    const sum = scope.emit('ReduceSum', [name, scope.constant('int64', [axes.length], axes)], {
      keepdims: 0,
    });
    return sameShape(kept, y.shape) ? sum : reshape(sum, y.shape, scope);
  },

  // Only ever a factor of a product, which does without it.
  oneHot: () => '',

  // By rows of the transposed table, which lie together in memory.
  gather: (y, scope) => {
    scope.mustBeByColumns('a gather');
    const [table = '', ids = ''] = names(y, scope);
    const rows = scope.emit('Transpose', [table], { perm: [1, 0] });
    const gathered = scope.emit('Gather', [rows, ids], { axis: 0 });
    return scope.emit('Transpose', [gathered], { perm: [0, 2, 1] });
  },

  scatter: (y, scope) => {
    scope.mustBeByColumns('a scatter');
    const [columns = '', ids = ''] = names(y, scope);
    const [features = 1, depth = 1] = y.shape;
    const rows = scope.emit('Transpose', [columns], { perm: [0, 2, 1] });
    const places = scope.once(`places of ${ids}`, () =>
      scope.emit('Unsqueeze', [ids, scope.constant('int64', [1], [2])]),
    );
    const zeros = scope.emit('ConstantOfShape', [scope.constant('int64', [2], [depth, features])], {
      value: { name: 'value', type: y.type, shape: [1], values: [0] },
    });
    const sums = scope.emit('ScatterND', [zeros, places, rows], { reduction: 'add' });
    return scope.emit('Transpose', [sums], { perm: [1, 0] });
  },

  crossEntropy: (y, scope) => {
    const [, target = ''] = names(y, scope);
    const share = scope.emit('Mul', [logSoftmax(y, scope), target]);
    const axes = scope.constant('int64', [1], [featureAxis(y, scope)]);
    return scope.emit('Neg', [scope.emit('ReduceSum', [share, axes], { keepdims: 1 })]);
  },

  fill: (y, scope) => {
    const value = y.operation.kind === 'fill' ? y.operation.value : 0;
    if (y.shape.length === 0) return scope.constant(y.type, [], [value]);
    const shape = scope.constant('int64', [y.shape.length], y.shape);
    const constant = { name: 'value', type: y.type, shape: [1], values: [value] };
    return scope.emit('ConstantOfShape', [shape], { value: constant });
  },
};

/** Matrices in eight bits under each other, with the scales of their rows. */
function concatQuantized(matrices: readonly string[], scope: Scope): string {
  const whole = scope.emit('Concat', matrices, { axis: 1 });
  scope.emit('Concat', matrices.map(scalesOf), { axis: 0 }, scalesOf(whole));
  scope.markQuantized(whole);
  return whole;
}

/** Operations that are not nodes of their own: see `lower.ts`. */
type Structural = 'input' | 'recurrence' | 'output';

function featureAxis(x: Tensor, scope: Scope): number {
  return scope.layout === 'rows' ? x.shape.length - 1 : x.shape.length - 2;
}

/** Of the first input of y. */
function logSoftmax(y: Tensor, scope: Scope): string {
  const [x = ''] = names(y, scope);
  const axis = featureAxis(y, scope);
  return scope.once(`log softmax of ${x}`, () => scope.emit('LogSoftmax', [x], { axis }));
}

function direct(operator: string): Operator {
  return (tensor, scope) => scope.emit(operator, names(tensor, scope));
}

function names(tensor: Tensor, scope: Scope): string[] {
  return tensor.inputs.map((input) => scope.nameOf(input));
}
