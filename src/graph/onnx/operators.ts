import { addendsOf, type Factors, sameShape } from '../operations.ts';
import type { OperationKind, Shape, Tensor } from '../tensor.ts';
import { columnLevels, scalesOf } from './eight-bit.ts';
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

  stack: (y, scope) => {
    const stacked = names(y, scope);
    const axis = featureAxis(y, scope);
    return stacked.some((name) => scope.isEightBit(name))
      ? stackEightBit(stacked, scope)
      : scope.emit('Concat', stacked, { axis });
  },

  part: (y, scope) => {
    const [x = ''] = names(y, scope);
    const { index, count } = y.operation.kind === 'part' ? y.operation : { index: 0, count: 1 };
    const parts = scope.allOnce(`${count} parts of ${x}`, () => {
      const outputs = Array.from({ length: count }, () => scope.fresh());
      const attributes = { axis: featureAxis(y, scope) };
      scope.emitNode({ operator: 'Split', inputs: [x], outputs, attributes });
      return outputs;
    });
    return parts[index] ?? '';
  },

  softmax: (y, scope) => scope.emit('Softmax', names(y, scope), { axis: featureAxis(y, scope) }),

  affine: (y, scope) => {
    const { factors, c } = addendsOf(y);
    const first = c ? [scope.nameOf(c)] : [];
    const joined = joinedFactors(factors, scope);
    if (joined) return scope.emit('Gemm', [...joined, ...first]);
    const sum = factors.reduce((sum, each) => [product(each, y, sum, scope)], first);
    return sum[0] ?? '';
  },

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

  crossEntropy: (y, scope) => {
    const [logits = '', target = ''] = names(y, scope);
    const axis = featureAxis(y, scope);
    const share = scope.emit('Mul', [scope.emit('LogSoftmax', [logits], { axis }), target]);
    const axes = scope.constant('int64', [1], [axis]);
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

/** One product onto a sum, of which there may be none yet. */
function product([W, x]: Factors, y: Tensor, sum: readonly string[], scope: Scope): string {
  const plus = (name: string) => (sum.length > 0 ? scope.emit('Add', [name, ...sum]) : name);
  const [weights, columns] = [scope.nameOf(W), scope.nameOf(x)];
  if (scope.layout === 'rows') {
    // (W·x)ᵀ = xᵀ·Wᵀ, and of a unit vector x that is a row of Wᵀ.
    if (scope.isEightBit(weights)) return plus(eightBitProduct(weights, columns, scope));
    if (x.operation.kind !== 'oneHot') return scope.emit('Gemm', [columns, weights, ...sum]);
    return plus(scope.emit('Gather', [weights, ...names(x, scope)]));
  }
  // Gemm adds as it multiplies, and the runtime fuses the activation that follows; it takes matrices only.
  if (y.shape.length === 2) return scope.emit('Gemm', [weights, columns, ...sum]);
  if (sum.length > 0) return plus(scope.emit('MatMul', [weights, columns]));
  // With nothing to add it is a gradient, whose columns that of the weights needs beside each other too.
  return inSequence(scope.emit('Gemm', [weights, allColumns(x, scope)]), y.shape, scope);
}

/**
 * In a loop one product serves for several, of weights from outside beside each other and of their columns under each
 * other: it adds nothing up in memory, and is the faster the longer its sums are.
 */
function joinedFactors(factors: readonly Factors[], scope: Scope): [string, string] | undefined {
  const [weights, columns] = [factors.map(([W]) => W), factors.map(([, x]) => x)];
  const { outer } = scope;
  if (factors.length < 2 || !outer || weights.some((W) => scope.has(W))) return undefined;
  const names = weights.map((W) => outer.nameOf(W));
  const W = outer.once(`${names} beside each other`, () =>
    outer.emit('Concat', names, { axis: 1 }),
  );
  const under = columns.map((x) => scope.nameOf(x));
  const x = scope.once(`${under} under each other`, () => scope.emit('Concat', under, { axis: 0 }));
  return [W, x];
}

/** xᵀ·Wᵀ, W in eight bits and x rounded on the way: sums of whole numbers, the same beside whatever other rows. */
function eightBitProduct(W: string, x: string, scope: Scope): string {
  const scale = scope.constant('float', [], [columnLevels.scale]);
  const zero = scope.constant('uint8', [], [columnLevels.zero]);
  const levels = scope.once(`levels of ${x}`, () => scope.emit('QuantizeLinear', [x, scale, zero]));
  const output = scope.fresh();
  scope.emitNode({
    operator: 'MatMulIntegerToFloat',
    domain: 'com.microsoft',
    inputs: [levels, W, scale, scalesOf(W), zero],
    outputs: [output],
  });
  return output;
}

/** Matrices in eight bits under each other, with the scales of their rows. */
function stackEightBit(matrices: readonly string[], scope: Scope): string {
  const whole = scope.emit('Concat', matrices, { axis: 1 });
  scope.emit('Concat', matrices.map(scalesOf), { axis: 0 }, scalesOf(whole));
  scope.markEightBit(whole);
  return whole;
}

/** Operations that are not nodes of their own: see `lower.ts`. */
type Structural = 'input' | 'recurrence' | 'output';

function featureAxis(x: Tensor, scope: Scope): number {
  return scope.layout === 'rows' ? x.shape.length - 1 : x.shape.length - 2;
}

/**
 * A sequence [T, F, B] as one matrix [F, B·T] of all its columns, lane by lane; a matrix as it is. (The columns go in
 * any order that both factors of a product share, and this one is a plain transposition, three times as fast as
 * [F, T·B].)
 */
function allColumns(x: Tensor, scope: Scope): string {
  const name = scope.nameOf(x);
  const [steps, features, lanes] = x.shape;
  if (x.shape.length !== 3 || !steps || !features || !lanes) return name;
  return scope.once(`all columns of ${name}`, () => {
    const timeLast = scope.emit('Transpose', [name], { perm: [1, 2, 0] });
    return reshape(timeLast, [features, lanes * steps], scope);
  });
}

/** A matrix of all columns, as `allColumns` makes it, as the sequence [T, F, B] that it is. */
function inSequence(name: string, shape: Shape, scope: Scope): string {
  const [steps = 1, features = 1, lanes = 1] = shape;
  const timeLast = reshape(name, [features * lanes, steps], scope);
  return reshape(scope.emit('Transpose', [timeLast], { perm: [1, 0] }), shape, scope);
}

function reshape(name: string, shape: Shape, scope: Scope): string {
  return scope.emit('Reshape', [name, scope.constant('int64', [shape.length], shape)]);
}

function direct(operator: string): Operator {
  return (tensor, scope) => scope.emit(operator, names(tensor, scope));
}

function names(tensor: Tensor, scope: Scope): string[] {
  return tensor.inputs.map((input) => scope.nameOf(input));
}
