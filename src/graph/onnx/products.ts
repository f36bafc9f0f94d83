import { addendsOf, type Factors } from '../operations.ts';
import type { Tensor } from '../tensor.ts';
import { allColumns, inSequence } from './columns.ts';
import { columnLevels, scalesOf } from './quantize.ts';
import type { Scope } from './scope.ts';

/** Emits an affine tensor and returns the name of its value. */
export function sumOfProducts(y: Tensor, scope: Scope): string {
  const { factors, c } = addendsOf(y);
  const first = c ? [scope.nameOf(c)] : [];
  const joined = joinedFactors(factors, scope);
  if (joined) return scope.emit('Gemm', [...joined, ...first]);
  const sum = factors.reduce((sum, each) => [product(each, y, sum, scope)], first);
  return sum[0] ?? '';
}

/** One product onto a sum, of which there may be none yet. */
function product([W, x]: Factors, y: Tensor, sum: readonly string[], scope: Scope): string {
  const plus = (name: string) => (sum.length > 0 ? scope.emit('Add', [name, ...sum]) : name);
  const [weights, columns] = [scope.nameOf(W), scope.nameOf(x)];
  if (scope.layout === 'rows') {
    // (W·x)ᵀ = xᵀ·Wᵀ, and of a unit vector x that is a row of Wᵀ.
    if (scope.isQuantized(weights)) return plus(quantizedProduct(weights, columns, scope));
    if (x.operation.kind !== 'oneHot') return scope.emit('Gemm', [columns, weights, ...sum]);
    return plus(scope.emit('Gather', [weights, ...x.inputs.map((ids) => scope.nameOf(ids))]));
  }
  if (x.operation.kind === 'oneHot') scope.mustBeByRows('a oneHot');
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
