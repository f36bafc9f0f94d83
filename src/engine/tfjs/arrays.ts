import type { NamedArrays, NetworkConfig } from '../../network/config.ts';
import { elements, stateShapes } from '../../network/parameters.ts';
import { tensorNames } from '../../network/training-graph.ts';
import { mapValues, type TensorFlow, type Tensors } from './tensorflow.ts';

interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The data of tensors, in arrays of their own; the tensors are disposed of. */
export function readTensors(tensors: Tensors): Readonly<Record<string, Float32Array>> {
  return mapValues(tensors, (tensor) => {
    const data = tensor.dataSync<'float32'>().slice();
    tensor.dispose();
    return data;
  });
}

/** Tensors of arrays, which are to be disposed of before the arrays change. @throws TypeError if one is missing */
export function uploadArrays(
  tf: TensorFlow,
  shapes: readonly NamedShape[],
  arrays: Readonly<Record<string, Float32Array>>,
): Tensors {
  return Object.fromEntries(
    shapes.map(({ name, shape }) => {
      const data = arrays[name];
      if (data?.length !== elements(shape)) {
        throw new TypeError(
          `the state lacks "${name}" [${shape.join(', ')}], or it has another size`,
        );
      }
      return [name, tf.tensor(data, [...shape], 'float32')];
    }),
  );
}

/** The states [H, lanes] of a network: those that `arrays` hold, the others zero. */
export function initialStates(
  config: NetworkConfig,
  lanes: number,
  arrays: NamedArrays = {},
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(
    stateShapes(config, lanes).map(({ name, shape }) => [
      name,
      arrays[name]?.data.slice() ?? new Float32Array(elements(shape)),
    ]),
  );
}

/** The states after a window or a step, under the names they had before it, from among a graph's results. */
export function nextStates(
  shapes: readonly NamedShape[],
  results: Readonly<Record<string, Float32Array>>,
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(
    shapes.map(({ name }) => [name, results[tensorNames.next(name)] ?? new Float32Array()]),
  );
}
