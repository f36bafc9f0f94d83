import { addendsOf, type Factors, sameShape } from '../operations.ts';
import type { Tensor } from '../tensor.ts';
import { type Emitted, isSequence, reshape, rowsOf, toRows } from './layouts.ts';
import { columnLevels, scalesOf } from './quantize.ts';
import type { Scope } from './scope.ts';

/** Emits an affine tensor and returns the name of its value, or of its rows. */
export function sumOfProducts(y: Tensor, scope: Scope): Emitted {
  if (isSequence(y)) return sumOfSequences(y, scope);
  const { factors, c } = addendsOf(y);
  const first = c ? [scope.nameOf(c)] : [];
  const joined = joinedFactors(factors, scope);
  if (joined) return scope.emit('Gemm', [...joined, ...first]);
  const sum = factors.reduce((sum, each) => [product(each, sum, scope)], first);
  return sum[0] ?? '';
}

/** One product onto a sum, of which there may be none yet. */
function product([W, x]: Factors, sum: readonly string[], scope: Scope): string {
  const plus = (name: string) => (sum.length > 0 ? scope.emit('Add', [name, ...sum]) : name);
  const [weights, columns] = [scope.nameOf(W), scope.nameOf(x)];
  if (scope.layout === 'rows') {
    // (W·x)ᵀ = xᵀ·Wᵀ, and of a unit vector x that is a row of Wᵀ.
    if (scope.isQuantized(weights)) return plus(quantizedProduct(weights, columns, scope));
    if (x.operation.kind !== 'oneHot') return scope.emit('Gemm', [columns, weights, ...sum]);
    return plus(scope.emit('Gather', [weights, ...x.inputs.map((ids) => scope.nameOf(ids))]));
  }
  if (x.operation.kind === 'oneHot') scope.mustBeByRows('a oneHot');
  // Gemm adds as it multiplies, and the runtime fuses the activation that follows.
  return scope.emit('Gemm', [weights, columns, ...sum]);
}

/** An affine sequence: by rows where its factors are there so, else step by step. */
function sumOfSequences(y: Tensor, scope: Scope): Emitted {
  const { factors, c } = addendsOf(y);
  const column = c && sameShape(c.shape, [y.shape.at(-2) ?? 1, 1]);
  const asRow = (c: Tensor) => reshape(scope.nameOf(c), c.shape.toReversed(), scope);
  const isByRows = (x: Tensor) => scope.isByRows(x) || scope.stepsOf(x) !== undefined;
  if (factors.every(([, x]) => isByRows(x)) && (!c || column || isSequence(c))) {
    let rows = c && (column ? asRow(c) : rowsOf(c, scope));
    for (const [W, x] of factors) {
      const sum = rows === undefined ? [] : [rows];
      rows = scope.emit('Gemm', [rowsOf(x, scope), scope.nameOf(W), ...sum], { transB: 1 });
    }
    return { rows: rows ?? '' };
  }
  const sum = factors
    .map(([W, x]) => scope.emit('MatMul', [scope.nameOf(W), scope.nameOf(x)]))
    .reduce((sum, product) => scope.emit('Add', [sum, product]));
  if (!c) return sum;
  if (!column) return scope.emit('Add', [sum, scope.nameOf(c)]);
  // A softmax follows, which is by rows.
  return { rows: scope.emit('Add', [toRows(sum, y.shape, scope), asRow(c)]) };
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
function quantizedProduct(W: string, x: string, scope: Scope): string {
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
