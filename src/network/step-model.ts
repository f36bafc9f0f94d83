import { toOnnxByRows } from '../graph/onnx/lower.ts';
import { withMetadata } from '../graph/onnx/metadata.ts';
import { input, oneHot } from '../graph/operations.ts';
import { cellNamed } from './cells/cells.ts';
import type { NamedArrays, NetworkConfig } from './config.ts';
import { inputs, singleStep } from './model.ts';
import { parameterShapes, parametersOf, stateShapes } from './parameters.ts';
import { tensorNames } from './training-graph.ts';

/** What a step model takes and gives. */
export interface StepModelOptions {
  /** What it takes a character as: its id, or weights of all characters that sum to 1. */
  readonly takes?: 'ids' | 'weights';
  /** Whether it gives the gates too. */
  readonly gates?: boolean;
  /** Whether the layers' matrices lie in it in eight bits a weight, for ONNX Runtime alone. */
  readonly quantized?: boolean;
  /** Texts by name that runtimes give to whoever asks. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * One step of a network with its weights, for any number of rows, as an `.onnx` file. It takes `ids` [rows] int64 or
 * `weights` [rows, V], and every state, such as `layer0.hidden` [rows, H]; it gives `logits` [rows, V], the states
 * as `next.layer0.hidden`, and where asked for the gates as `layer0.i` [rows, H].
 */
export function stepModelFile(
  config: NetworkConfig,
  weights: NamedArrays,
  { takes = 'ids', gates = false, quantized = false, metadata = {} }: StepModelOptions = {},
): Uint8Array {
  const V = config.vocabularySize;
  const x = takes === 'ids' ? oneHot(input('ids', [1], 'int64'), V) : input('weights', [V, 1]);
  const step = singleStep(
    config,
    inputs(parameterShapes(config)),
    inputs(stateShapes(config, 1)),
    x,
  );
  const states = Object.entries(step.states).map(([name, state]) => [
    tensorNames.next(name),
    state,
  ]);
  const file = toOnnxByRows(
    { logits: step.logits, ...Object.fromEntries(states), ...(gates ? step.gates : {}) },
    parametersOf(config, weights),
    quantized ? quantizable(config) : [],
  );
  return withMetadata(file, metadata);
}

/**
 * The matrices that a step multiplies as a whole with a layer's hidden state, where that lies in -1 to 1. (Of the
 * first layer's input weights it picks columns.)
 */
function quantizable(config: NetworkConfig): string[] {
  const { states, vectors } = cellNamed(config.cell);
  const hidden = vectors.find(({ key }) => key === states[0]);
  if (hidden?.range !== 'signed') return [];
  return parameterShapes(config)
    .filter(
      ({ role, layer }) =>
        role === 'recurrent' || (role === 'input' && layer !== null && layer > 0),
    )
    .map(({ name }) => name);
}
