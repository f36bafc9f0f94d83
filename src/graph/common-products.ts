import { multiply, sameShape } from './operations.ts';
import { inOrder, type Tensor } from './tensor.ts';

/**
 * How each of `results` is computed anew, with elementwise products of the same factors computed once, and each begun
 * with the product of most of its factors that is needed anyway: the chain rule comes upon the same factors by several
 * ways. What is in `known` is there already and stays as it is.
 */
export function eliminateCommonProducts(
  results: readonly Tensor[],
  known: ReadonlySet<Tensor>,
): (result: Tensor) => Tensor {
  const order = inOrder(results, (tensor) => known.has(tensor));
  const isProduct = (tensor: Tensor) =>
    !known.has(tensor) &&
    tensor.operation.kind === 'multiply' &&
    tensor.inputs.every(({ shape }) => sameShape(shape, tensor.shape));

  const factors = (tensor: Tensor): Tensor[] =>
    isProduct(tensor) ? tensor.inputs.flatMap(factors) : [tensor];
  const needed = [
    ...results,
    ...order
      .filter((tensor) => !isProduct(tensor) && !known.has(tensor))
      .flatMap(({ inputs }) => inputs),
  ]
    .filter(isProduct)
    .map(factors)
    .toSorted((a, b) => b.length - a.length);

  const made: { readonly factors: readonly Tensor[]; readonly product: Tensor }[] = [];
  const product = (own: readonly Tensor[]): Tensor => {
    const there = made.find((each) => without(own, each.factors)?.length === 0);
    if (there) return there.product;
    const most = needed.find((each) => without(own, each)?.length);
    const others = (most ? without(own, most) : own) ?? [];
    const all = [...(most ? [product(most)] : []), ...others.map(anew)];
    const whole = all.reduce((a, b) => multiply(a, b));
    made.push({ factors: own, product: whole });
    return whole;
  };

  const replaced = new Map<Tensor, Tensor>();
  const anew = (tensor: Tensor): Tensor => {
    if (known.has(tensor) || tensor.inputs.length === 0) return tensor;
    const before = replaced.get(tensor);
    if (before) return before;
    const after = isProduct(tensor)
      ? product(factors(tensor))
      : { ...tensor, inputs: tensor.inputs.map(anew) };
    replaced.set(tensor, after);
    return after;
  };
  return anew;
}

/** What is left of `all` without `some`, each as often as it is there; undefined where one of them is missing. */
function without(all: readonly Tensor[], some: readonly Tensor[]): Tensor[] | undefined {
  const left = [...all];
  for (const tensor of some) {
    const index = left.indexOf(tensor);
    if (index < 0) return undefined;
    left.splice(index, 1);
  }
  return left;
}
