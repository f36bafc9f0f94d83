import { crossEntropy, input } from '../graph/operations.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { NetworkConfig } from './config.ts';
import { inputs, unrolled } from './model.ts';
import { parameterShapes, stateShapes } from './parameters.ts';
import { type GradientGraphSetup, tensorNames } from './training-graph.ts';

/**
 * T steps of B lanes without learning: of `x` (or `ids` in its place) and `target` [T, V, B] the `nats` [T, 1, B] that each target costs, and
 * the states after the window, as `next.…`.
 */
export function scoringGraph(
  config: NetworkConfig,
  lanes: number,
  unroll: number,
  reads: GradientGraphSetup['reads'] = 'columns',
): Record<string, Tensor> {
  const sequence = [unroll, config.vocabularySize, lanes];
  const forward = unrolled(
    config,
    inputs(parameterShapes(config)),
    inputs(stateShapes(config, lanes)),
    reads === 'ids'
      ? input(tensorNames.ids, [unroll, lanes], 'int64')
      : input(tensorNames.x, sequence),
  );
  const results: Record<string, Tensor> = {
    nats: crossEntropy(forward.logits, input(tensorNames.target, sequence)),
  };
  for (const [name, state] of Object.entries(forward.states))
    results[tensorNames.next(name)] = state;
  return results;
}
