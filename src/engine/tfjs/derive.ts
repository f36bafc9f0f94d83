import type { NetworkConfig } from '../../network/config.ts';
import type { Window, WindowMasks } from '../engine.ts';
import { cellOf } from './cells/cells.ts';
import { nats, networkOf, runNetwork, unitColumns } from './network.ts';
import { learningRecurrence } from './recurrence.ts';
import { at, named, type Tensor, type TensorFlow, type Tensors } from './tensorflow.ts';

/** What a training derives a window from. */
export interface TrainingTensors {
  readonly config: NetworkConfig;
  /** The weights, by block. */
  readonly blocks: Tensors;
  /** [H, B] */
  readonly states: Tensors;
}

/**
 * Forward and backward over a window: the mean `loss` in nats a character, the gradients of all blocks, and the states after the window. Only the cells' derivatives are written out; the rest is TensorFlow's own.
 */
export function derive(
  tf: TensorFlow,
  { config, blocks, states }: TrainingTensors,
  window: Window,
  masks: WindowMasks | undefined,
): { readonly loss: number; readonly gradients: Tensors; readonly states: Tensors } {
  const { vocabularySize: V, hidden: H } = config;
  const [, batch = 1] = named(states, 'layer0.hidden').shape;
  let after: Tensors = {};
  const meanNats = (): Tensor => {
    const run = runNetwork(
      tf,
      cellOf(tf, config.cell),
      networkOf(tf, config, blocks, masks?.recurrent),
      {
        characters: unitColumns(tf, window.inputs, V),
        states,
        unroll: window.inputs.length / batch,
        masks: masks?.layers.map((mask) => tf.tensor2d(mask, [H, batch])) ?? [],
      },
      (layer, index) => learningRecurrence(tf, layer, { isFirst: index === 0 }),
    );
    after = run.states;
    return tf.mean(nats(tf, run.logits, tf.tensor1d(window.targets, 'int32')));
  };
  return tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads(meanNats)(Object.values(blocks));
    const gradients = Object.keys(blocks).map((name, index) => [name, at(grads, index)] as const);
    return {
      loss: value.dataSync()[0] ?? Number.NaN,
      gradients: Object.fromEntries(gradients),
      states: after,
    };
  });
}
