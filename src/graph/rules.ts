import {
  add,
  addendsOf,
  affine,
  columnsOf,
  concat,
  fill,
  gather,
  multiply,
  oneFeature,
  operand,
  outer,
  scale,
  scatter,
  slice,
  softmax,
  subtract,
  subtractUnits,
  sumTo,
  transpose,
} from './operations.ts';
import type { OperationKind, Tensor } from './tensor.ts';

/**
 * What one use of a tensor adds to that tensor's gradient: given the sum so far, the new sum. A product is added
 * by being computed onto the sum, which costs nothing beside the product.
 */
export type Contribution = (sum: Tensor | undefined) => Tensor;

/** The contributions of an operation's result y, whose gradient is dy, to each of its inputs. */
type Rule = (y: Tensor, dy: Tensor) => readonly Contribution[];

/** The gradient of every operation but the loop, whose gradient is a loop (`recurrence.ts`). */
export const rules: Readonly<Record<Exclude<OperationKind, LoopKind>, Rule>> = {
  // y is given: there is nothing to propagate.
  input: () => [],
  fill: () => [],

  // y = a + b:  da = dy, db = dy
  add: (y, dy) => {
    const [a, b] = binary(y);
    return [accumulate(dy, a), accumulate(dy, b)];
  },

  // y = a − b:  da = dy, db = −dy
  subtract: (y, dy) => {
    const [a, b] = binary(y);
    return [accumulate(dy, a), accumulate(scale(dy, -1), b)];
  },

  // y = a ∘ b:  da = dy ∘ b, db = dy ∘ a
  multiply: (y, dy) => {
    const [a, b] = binary(y);
    return [accumulate(multiply(dy, b), a), accumulate(multiply(dy, a), b)];
  },

  // y = σ(x):  dx = dy ∘ y − dy ∘ y ∘ y
  sigmoid: (y, dy) => {
    const both = multiply(dy, y);
    return [accumulate(subtract(both, multiply(both, y)), operand(y, 0))];
  },

  // y = tanh(x):  dx = dy − dy ∘ y ∘ y
  tanh: (y, dy) => [accumulate(subtract(dy, multiply(multiply(dy, y), y)), operand(y, 0))],

  // y = Wᵀ:  dW = dyᵀ
  transpose: (y, dy) => [accumulate(transpose(dy), operand(y, 0))],

  // y = n tensors one after the other:  each gets its slice of dy
  concat: (y, dy) => {
    const count = y.inputs.length;
    return y.inputs.map((x, index) => accumulate(slice(dy, index, count), x));
  },

  // y = a slice of x:  dx = dy in its place among zeros
  slice: (y, dy) => {
    const { operation } = y;
    if (operation.kind !== 'slice') return [];
    const zeros = Array.from({ length: operation.count }, () => fill(0, dy, dy.shape));
    return [accumulate(concat(zeros.with(operation.index, dy)), operand(y, 0))];
  },

  // y = Σ W·x + c:  dW = Σₜ dyₜ·xₜᵀ, dx = Wᵀ·dy, dc = dy
  affine: (y, dy) => {
    const { factors, c } = addendsOf(y);
    const ofFactors = factors.flatMap(([W, x]): Contribution[] => [
      (sum) => outer(dy, x, sum),
      (sum) => affine(transpose(W), dy, sum),
    ]);
    return c ? [...ofFactors, accumulate(dy, c)] : ofFactors;
  },

  // y = Σₜ aₜ·xₜᵀ + c:  da = dy·x, dx = dyᵀ·a, dc = dy
  outer: (y, dy) => {
    const [a, x] = [operand(y, 0), operand(y, 1)];
    const c = y.inputs[2];
    return [
      (sum) => affine(dy, x, sum),
      (sum) => affine(transpose(dy), a, sum),
      ...(c ? [accumulate(dy, c)] : []),
    ];
  },

  // y = Σ x over some axes:  dx = dy, spread over them
  sumTo: (y, dy) => {
    const x = operand(y, 0);
    return [accumulate(add(dy, fill(0, x, x.shape)), x)];
  },

  // y = softmax(x):  dx = y ∘ (dy − Σ_features dy ∘ y)
  softmax: (y, dy) => {
    const x = operand(y, 0);
    const mean = sumTo(multiply(dy, y), oneFeature(x));
    return [accumulate(multiply(y, subtract(dy, mean)), x)];
  },

  // y = −log softmax(x) of the ids:  dx = (softmax(x) − unit vectors of the ids) ∘ dy
  crossEntropy: (y, dy) => {
    const [x, ids] = binary(y);
    return [accumulate(multiply(subtractUnits(softmax(x), ids), dy), x)];
  },

  // y = x − unit vectors of ids:  dx = dy
  subtractUnits: (y, dy) => [accumulate(dy, operand(y, 0))],

  // y = the columns of a table by ids:  dtable = the columns of dy, summed by their ids
  gather: (y, dy) => {
    const [table, ids] = binary(y);
    return [accumulate(scatter(dy, ids, columnsOf(table)), table)];
  },

  // y = columns x summed by ids:  dx = the columns of dy by ids
  scatter: (y, dy) => {
    const [x, ids] = binary(y);
    return [accumulate(gather(dy, ids), x)];
  },

  // An id does not vary by small steps.
  oneHot: () => [],
};

type LoopKind = 'recurrence' | 'output';

/** A gradient added to the sum, summed first over the axes along which `x` was broadcast. */
export function accumulate(gradient: Tensor, x: Tensor): Contribution {
  return (sum) => {
    const own = sumTo(gradient, x.shape);
    return sum ? add(sum, own) : own;
  };
}

function binary(y: Tensor): readonly [Tensor, Tensor] {
  return [operand(y, 0), operand(y, 1)];
}
