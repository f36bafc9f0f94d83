import type { NamedArrays, NetworkConfig } from '../../network/config.ts';
import { stateShapes } from '../../network/parameters.ts';
import type { TensorFlow, Tensors } from './tensorflow.ts';

/** The states [H, lanes] of a network: those that `arrays` hold, the others zero. */
export function stateTensors(
  tf: TensorFlow,
  config: NetworkConfig,
  lanes: number,
  arrays: NamedArrays = {},
): Tensors {
  return Object.fromEntries(
    stateShapes(config, lanes).map(({ name }) => {
      const array = arrays[name];
      const shape: [number, number] = [config.hidden, lanes];
      return [name, array ? tf.tensor2d(array.data.slice(), shape) : tf.zeros(shape)];
    }),
  );
}
