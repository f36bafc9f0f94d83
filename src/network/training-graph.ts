import { withGradients } from '../graph/gradient.ts';
import { crossEntropy, input, mean, scale } from '../graph/operations.ts';
import type { ElementType, Tensor } from '../graph/tensor.ts';
import type { Dropout, NetworkConfig } from './config.ts';
import { inputs, unrolled } from './model.ts';
import { maskShapes, parameterShapes, stateShapes } from './parameters.ts';

/** The names by which the graphs of a training step take and give their arrays, beside parameters' and states'. */
export const tensorNames = {
  /** [T, B], int64. */
  ids: 'ids',
  /** [T, B], int64: of the token after each. */
  targets: 'targets',
  /** [V, B]: in place of ids, a column of weights for each. */
  x: 'x',
  /** Of a layer's output [H, B]. */
  outputMask: (layer: number) => `outputMask${layer}`,
  /** Of a recurrent matrix [H, H]. */
  weightMask: (parameter: string) => `weightMask.${parameter}`,
  gradient: (parameter: string) => `gradient.${parameter}`,
  m: (parameter: string) => `m.${parameter}`,
  v: (parameter: string) => `v.${parameter}`,
  average: (parameter: string) => `average.${parameter}`,
  /** Of a state after a window, which the next takes under the name without it. */
  next: (name: string) => `next.${name}`,
} as const;

/** The lanes of a batch that one graph computes; groups of lanes share nothing but the weights. */
export interface GradientGraphSetup {
  readonly config: NetworkConfig;
  /** B: lanes in the group. */
  readonly lanes: number;
  /** Lanes in the whole batch, over which the loss is a mean. */
  readonly batch: number;
  /** T */
  readonly unroll: number;
  readonly dropout: Dropout;
}

/**
 * Forward and backward of a group of lanes. It gives its share of the batch's mean `loss` in nats, of the gradients,
 * and its states after the window, as `next.…`.
 */
export function gradientGraph(
  group: GradientGraphSetup,
  type: ElementType = 'float',
): Record<string, Tensor> {
  const { config, lanes, unroll, dropout } = group;
  const parameters = inputs(parameterShapes(config), type);
  const states = inputs(stateShapes(config, lanes), type);
  const masks = maskShapes(config, dropout, lanes);
  const ids = (name: string) => input(name, [unroll, lanes], 'int64');
  const forward = unrolled(config, parameters, states, ids(tensorNames.ids), {
    recurrent: Object.fromEntries(
      masks.recurrent.map(({ name, shape }) => [
        name,
        input(tensorNames.weightMask(name), shape, type),
      ]),
    ),
    layers: masks.layers.map((shape, layer) => input(tensorNames.outputMask(layer), shape, type)),
  });
  const nats = crossEntropy(forward.logits, ids(tensorNames.targets));
  const loss = scale(mean(nats), lanes / group.batch);
  const derived = withGradients(loss, Object.values(parameters), { loss, ...forward.states });
  const { loss: ownLoss = loss, ...statesAfter } = derived.results;
  return {
    loss: ownLoss,
    ...Object.fromEntries(
      Object.keys(parameters).flatMap((name, index) => {
        const gradient = derived.gradients[index];
        return gradient ? [[tensorNames.gradient(name), gradient]] : [];
      }),
    ),
    ...Object.fromEntries(
      Object.entries(statesAfter).map(([name, state]) => [tensorNames.next(name), state]),
    ),
  };
}
