import { crossEntropy, input } from '../graph/operations.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { NetworkConfig } from './config.ts';
import { inputs, unrolled } from './model.ts';
import { parameterShapes, stateShapes } from './parameters.ts';
import { tensorNames } from './training-graph.ts';

/**
 * T steps of B lanes without learning: of `ids` and `targets` [T, B] the `nats` [T, 1, B] that each target costs, and
 * the states after the window, as `next.…`.
 */
export function scoringGraph(
  config: NetworkConfig,
  lanes: number,
  unroll: number,
): Record<string, Tensor> {
  const ids = (name: string) => input(name, [unroll, lanes], 'int64');
  const forward = unrolled(
    config,
    inputs(parameterShapes(config)),
    inputs(stateShapes(config, lanes)),
    ids(tensorNames.ids),
  );
  const results: Record<string, Tensor> = {
    nats: crossEntropy(forward.logits, ids(tensorNames.targets)),
  };
  for (const [name, state] of Object.entries(forward.states))
    results[tensorNames.next(name)] = state;
  return results;
}
