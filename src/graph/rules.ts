import {
  add,
  affine,
  divide,
  fill,
  multiply,
  oneFeature,
  oneMinus,
  outer,
  scale,
  softmax,
  subtract,
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
  // y is given: there is nothing to hand on.
  input: () => [],
  fill: () => [],

  // y = a + b:  da = dy, db = dy
  add: on((a, b) => (_, dy) => [plain(dy, a), plain(dy, b)]),

  // y = a − b:  da = dy, db = −dy
  subtract: on((a, b) => (_, dy) => [plain(dy, a), plain(scale(dy, -1), b)]),

  // y = a ∘ b:  da = dy ∘ b, db = dy ∘ a
  multiply: on((a, b) => (_, dy) => [plain(multiply(dy, b), a), plain(multiply(dy, a), b)]),

  // y = a / b:  da = dy / b, db = −(dy / b) ∘ y
  divide: on((a, b) => (y, dy) => {
    const da = divide(dy, b);
    return [plain(da, a), plain(scale(multiply(da, y), -1), b)];
  }),

  // y = σ(x):  dx = dy ∘ y ∘ (1 − y)
  sigmoid: on((x) => (y, dy) => [plain(multiply(dy, multiply(y, oneMinus(y))), x)]),

  // y = tanh(x):  dx = dy ∘ (1 − y²)
  tanh: on((x) => (y, dy) => [plain(multiply(dy, oneMinus(multiply(y, y))), x)]),

  // y = √x:  dx = dy / 2y
  sqrt: on((x) => (y, dy) => [plain(divide(dy, scale(y, 2)), x)]),

  // y = Wᵀ:  dW = dyᵀ
  transpose: on((W) => (_, dy) => [plain(transpose(dy), W)]),

  // y = W·x + c:  dW = Σₜ dyₜ·xₜᵀ, dx = Wᵀ·dy, dc = dy
  affine: on((W, x, c) => (_, dy) => [
    (sum) => outer(dy, x, sum),
    (sum) => affine(transpose(W), dy, sum),
    plain(dy, c),
  ]),

  // y = Σₜ aₜ·xₜᵀ + c:  da = dy·x, dx = dyᵀ·a, dc = dy
  outer: on((a, x, c) => (_, dy) => [
    (sum) => affine(dy, x, sum),
    (sum) => affine(transpose(dy), a, sum),
    plain(dy, c),
  ]),

  // y = Σ x over some axes:  dx = dy, spread over them
  sumTo: on((x) => (_, dy) => [plain(add(dy, fill(0, x, x.shape)), x)]),

  // y = softmax(x):  dx = y ∘ (dy − Σ_features dy ∘ y)
  softmax: on((x) => (y, dy) => {
    const mean = sumTo(multiply(dy, y), oneFeature(x));
    return [plain(multiply(y, subtract(dy, mean)), x)];
  }),

  // y = −Σ_features target ∘ log softmax(x), the target given and summing to 1:  dx = (softmax(x) − target) ∘ dy
  crossEntropy: on((x, target) => (_, dy) => [
    plain(multiply(subtract(softmax(x), target), dy), x),
  ]),

  // An id does not vary by small steps.
  oneHot: () => [],

  maximum: () => {
    throw new TypeError('the larger of two tensors is not differentiated');
  },
};

type LoopKind = 'recurrence' | 'output';

/** A gradient added to the sum, summed first over the axes along which `x` was broadcast. */
export function plain(gradient: Tensor, x: Tensor): Contribution {
  return (sum) => {
    const own = sumTo(gradient, x.shape);
    return sum ? add(sum, own) : own;
  };
}

function on(rule: (a: Tensor, b: Tensor, c: Tensor) => Rule): Rule {
  return (y, dy) => {
    const [a = y, b = y, c = y] = y.inputs;
    return rule(a, b, c)(y, dy).slice(0, y.inputs.length);
  };
}
