import { Cotangents, varyingWith } from './cotangents.ts';
import { fill } from './operations.ts';
import { recurrenceGradient } from './recurrence.ts';
import { inOrder, type Tensor } from './tensor.ts';

/**
 * The gradients of a scalar with respect to each of `parameters`, as tensors of their shapes: the chain rule,
 * from the last operation to the first. A parameter that the scalar does not depend on is a TypeError.
 */
export function gradients(scalar: Tensor, parameters: readonly Tensor[]): Tensor[] {
  const order = inOrder([scalar]);
  const cotangents = new Cotangents(varyingWith(parameters, order));
  cotangents.add(scalar, () => fill(1, scalar));
  for (const y of order.toReversed()) {
    if (y.operation.kind === 'recurrence') recurrenceGradient(y, y.operation.loop, cotangents);
    else cotangents.backpropagate(y);
  }
  return parameters.map((parameter) => {
    const gradient = cotangents.of(parameter);
    if (!gradient) throw new TypeError('the result does not depend on a parameter');
    return gradient;
  });
}
