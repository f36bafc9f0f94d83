import { operand, sameShape } from '../operations.ts';
import type { OperationKind, Tensor } from '../tensor.ts';
import { columnsOf, type Emitted, idsOfRows, isSequence, reshape, rowsOf } from './layouts.ts';
import { sumOfProducts } from './products.ts';
import { scalesOf } from './quantize.ts';
import type { Scope } from './scope.ts';

/** Emits the ONNX nodes of an operation and returns what it gives. */
type Operator = (tensor: Tensor, scope: Scope) => Emitted;

/** How each operation is said in ONNX, operator set 17. */
export const operators: Readonly<Record<Exclude<OperationKind, Structural>, Operator>> = {
  add: direct('Add'),
  subtract: direct('Sub'),

  multiply: (y, scope) => {
    const [x, k] = y.inputs.toSorted((a, b) => b.shape.length - a.shape.length);
    if (!x || !k || k.shape.length > 0 || !scope.isByRows(x))
      return scope.emit('Mul', names(y, scope));
    return { rows: scope.emit('Mul', [rowsOf(x, scope), scope.nameOf(k)]) };
  },

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
  softmax: (y, scope) => {
    const shares = scope.emit('Exp', [logSoftmax(y, scope)]);
    return y.inputs.every(isSequence) ? { rows: shares } : shares;
  },

  affine: sumOfProducts,

  outer: (y, scope) => {
    scope.mustBeByColumns('a sum over columns');
    const [a, x] = y.inputs.slice(0, 2).map((factor) => columnsOf(factor, scope));
    const c = y.inputs.slice(2).map((input) => scope.nameOf(input));
    return scope.emit('Gemm', [a ?? '', x ?? '', ...c], { transB: 1 });
  },

  sumTo: (y, scope) => {
    scope.mustBeByColumns('a sum');
    const [x] = y.inputs;
    if (!x) return '';
    const sumOver = (name: string, axes: readonly number[]) =>
      scope.emit('ReduceSum', [name, scope.constant('int64', [axes.length], axes)], {
        keepdims: 0,
      });
    const [, features = 1] = x.shape;
    if (isSequence(x) && sameShape(y.shape, [features, 1]))
      return reshape(sumOver(columnsOf(x, scope), [1]), y.shape, scope);
    const extra = x.shape.length - y.shape.length;
    const axes = x.shape.flatMap((size, axis) =>
      axis < extra || (y.shape[axis - extra] === 1 && size !== 1) ? [axis] : [],
    );
    const kept = x.shape.filter((_, axis) => !axes.includes(axis));
    const sum = sumOver(scope.nameOf(x), axes);
    return sameShape(kept, y.shape) ? sum : reshape(sum, y.shape, scope);
  },

  // Only ever a factor of a product, which does without it.
  oneHot: () => '',

  // By rows of the transposed table, which lie together in memory.
  gather: (y, scope) => {
    scope.mustBeByColumns('a gather');
    const [table, ids] = [operand(y, 0), operand(y, 1)];
    const rows = scope.emit('Transpose', [scope.nameOf(table)], { perm: [1, 0] });
    return { rows: scope.emit('GatherND', [rows, idsOfRows(ids, scope)]) };
  },

  scatter: (y, scope) => {
    scope.mustBeByColumns('a scatter');
    const [columns, ids] = [operand(y, 0), operand(y, 1)];
    const [features = 1, depth = 1] = y.shape;
    const zeros = scope.emit('ConstantOfShape', [scope.constant('int64', [2], [depth, features])], {
      value: { name: 'value', type: y.type, shape: [1], values: [0] },
    });
    const sums = scope.emit('ScatterND', [zeros, idsOfRows(ids, scope), rowsOf(columns, scope)], {
      reduction: 'add',
    });
    return scope.emit('Transpose', [sums], { perm: [1, 0] });
  },

  crossEntropy: (y, scope) => {
    const ids = idsOfRows(operand(y, 1), scope);
    const logarithms = scope.emit('GatherElements', [logSoftmax(y, scope), ids], { axis: 1 });
    return { rows: scope.emit('Neg', [logarithms]) };
  },

  subtractUnits: (y, scope) => {
    scope.mustBeByColumns('a difference of unit vectors');
    const [x, ids] = [operand(y, 0), idsOfRows(operand(y, 1), scope)];
    const [steps = 1, , lanes = 1] = y.shape;
    const shape = scope.constant('int64', [2], [steps * lanes, 1]);
    const value = { name: 'value', type: y.type, shape: [1], values: [-1] };
    const less = scope.emit('ConstantOfShape', [shape], { value });
    const attributes = { axis: 1, reduction: 'add' };
    return { rows: scope.emit('ScatterElements', [rowsOf(x, scope), ids, less], attributes) };
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

/** Of the first input of y; by its rows where that is a sequence. */
function logSoftmax(y: Tensor, scope: Scope): string {
  const logits = operand(y, 0);
  const x = isSequence(logits) ? rowsOf(logits, scope) : scope.nameOf(logits);
  const axis = isSequence(logits) ? 1 : featureAxis(y, scope);
  return scope.once(`log softmax of ${x}`, () =>
    scope.target === 'card'
      ? logSoftmaxByParts(x, axis, scope)
      : scope.emit('LogSoftmax', [x], { axis }),
  );
}

/** x − max − ln Σ e^(x − max) */
function logSoftmaxByParts(x: string, axis: number, scope: Scope): string {
  const below = scope.emit('Sub', [x, scope.emit('ReduceMax', [x], { axes: [axis] })]);
  const axes = scope.constant('int64', [1], [axis]);
  const sum = scope.emit('ReduceSum', [scope.emit('Exp', [below]), axes]);
  return scope.emit('Sub', [below, scope.emit('Log', [sum])]);
}

function direct(operator: string): Operator {
  return (tensor, scope) => scope.emit(operator, names(tensor, scope));
}

function names(tensor: Tensor, scope: Scope): string[] {
  return tensor.inputs.map((input) => scope.nameOf(input));
}
