import { Cotangents, varyingWith } from './cotangents.ts';
import { fill } from './operations.ts';
import { copyFromLoops } from './own-loops.ts';
import { recurrenceGradient } from './recurrence.ts';
import { inOrder, type Tensor } from './tensor.ts';

/**
 * The gradients of a scalar with respect to each of `parameters`, as tensors of their shapes: the chain rule,
 * from the last operation to the first.
 *
 * @throws TypeError if the scalar does not depend on a parameter
 */
export function gradients(scalar: Tensor, parameters: readonly Tensor[]): Tensor[] {
  return withGradients(scalar, parameters, {}).gradients;
}

/**
 * The gradients, and `results` beside them: as they are given, but on the same loops as the gradients, so that what
 * both need is computed once. Whatever is given stays as it is.
 *
 * @throws TypeError if the scalar does not depend on a parameter
 */
export function withGradients(
  scalar: Tensor,
  parameters: readonly Tensor[],
  results: Readonly<Record<string, Tensor>>,
): { readonly gradients: Tensor[]; readonly results: Record<string, Tensor> } {
  const copyOf = copyFromLoops([scalar, ...Object.values(results)]);
  const sources = parameters.map(copyOf);
  const order = inOrder([copyOf(scalar)]);
  const cotangents = new Cotangents(varyingWith(sources, order));
  cotangents.add(copyOf(scalar), () => fill(1, scalar));
  for (const y of order.toReversed()) {
    if (y.operation.kind === 'recurrence') recurrenceGradient(y, y.operation.loop, cotangents);
    else cotangents.backpropagate(y);
  }
  return {
    gradients: sources.map((parameter) => {
      const gradient = cotangents.of(parameter);
      if (!gradient) throw new TypeError('the result does not depend on a parameter');
      return gradient;
    }),
    results: Object.fromEntries(
      Object.entries(results).map(([name, result]) => [name, copyOf(result)]),
    ),
  };
}
