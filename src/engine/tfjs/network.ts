import type { NetworkConfig } from '../../network/config.ts';
import type { WindowMasks } from '../engine.ts';
import type { Cell } from './cells/cell.ts';
import { cellOf } from './cells/cells.ts';
import { mapValues, named, type Tensor, type TensorFlow, type Tensors } from './tensorflow.ts';

/** A network's weights as its steps multiply by them. */
export type Network = {
  /** Of every layer, for each operand of its cell [its gates·H, H + X]: R, and W with b, side by side. */
  readonly layers: Tensors[];
  readonly dense: { readonly W: Tensor; readonly b: Tensor };
};

/** A layer over a window. */
export interface LayerWindow {
  readonly cell: Cell;
  /** For each operand of the cell [its gates·H, H + X]. */
  readonly weights: Tensors;
  /** [X, T·B]; a row of ones, or rows that sum to 1, stand for the bias. */
  readonly input: Tensor;
  /** [H, B], by the cell's own names. */
  readonly before: Tensors;
  /** T */
  readonly unroll: number;
}

export interface LayerResult {
  /** [H, T·B]: the hidden state after every step. */
  readonly hidden: Tensor;
  /** [H, B]: the states after the last. */
  readonly states: Tensors;
}

export interface NetworkWindow {
  /** [V, T·B], one column a character: the unit vector of its id, or weights of all that sum to 1. */
  readonly characters: Tensor;
  /** [H, B] of every state: `layer0.hidden`, ... */
  readonly states: Tensors;
  /** T */
  readonly unroll: number;
  /** For every layer [H, B]: its output's units, times 0 or 1 / (1 − the chance). */
  readonly masks?: readonly Tensor[];
}

/**
 * A network of the blocks that `blocksOf` names. Its first layer multiplies characters themselves: a character's
 * vector is Eᵀ·x, and as x sums to 1, W·(Eᵀ·x) + b = (W·Eᵀ + b)·x.
 */
export function networkOf(
  tf: TensorFlow,
  config: NetworkConfig,
  blocks: Tensors,
  recurrentMasks: WindowMasks['recurrent'] = {},
): Network {
  const { products } = cellOf(tf, config.cell);
  const block = (name: string) => named(blocks, name);
  const onCharacters = (W: Tensor, b: Tensor): Tensor => {
    if (config.embedding === 'one-hot') return tf.add(W, b);
    return tf.add(tf.matMul(W, block('embedding'), false, true), b);
  };
  const layers = Array.from({ length: config.layers }, (_, index) =>
    mapValues(products, (gates, operand) => {
      const of = (kind: 'R' | 'W' | 'b') => block(`layer${index}.${kind}.${operand}`);
      const [W, b] = [of('W'), of('b')];
      const mask = stacked(
        tf,
        config,
        gates.flatMap((gate) => recurrentMasks[`layer${index}.${gate}.R`] ?? []),
      );
      const R = mask ? tf.mul(of('R'), mask) : of('R');
      return tf.concat(index === 0 ? [R, onCharacters(W, b)] : [R, W, b], 1);
    }),
  );
  return { layers, dense: { W: block('dense.W'), b: block('dense.b') } };
}

/** Masks [H, H] of the gates of a block under each other, or none where there are none. */
function stacked(
  tf: TensorFlow,
  { hidden: H }: NetworkConfig,
  masks: readonly Float32Array[],
): Tensor | undefined {
  if (masks.length === 0) return undefined;
  return tf.concat(
    masks.map((mask) => tf.tensor2d(mask, [H, H])),
    0,
  );
}

/** Runs a network over a window, its layers by `layer`: logits [T·B, V], one row a character, and the states after. */
export function runNetwork(
  tf: TensorFlow,
  cell: Cell,
  { layers, dense }: Network,
  { characters, states, unroll, masks }: NetworkWindow,
  layer: (window: LayerWindow, index: number) => LayerResult,
): { readonly logits: Tensor; readonly states: Tensors } {
  const after: Record<string, Tensor> = {};
  let sequence = characters;
  for (const [index, weights] of layers.entries()) {
    const before = Object.fromEntries(
      cell.states.map((state) => [state, named(states, `layer${index}.${state}`)]),
    );
    const [, columns = 0] = sequence.shape;
    const input = index === 0 ? sequence : tf.concat([sequence, tf.ones([1, columns])], 0);
    const result = layer({ cell, weights, input, before, unroll }, index);
    for (const [state, tensor] of Object.entries(result.states)) {
      after[`layer${index}.${state}`] = tensor;
    }
    const mask = masks?.[index];
    sequence = mask ? tf.mul(result.hidden, tf.tile(mask, [1, unroll])) : result.hidden;
  }
  const logits = tf.add(tf.matMul(sequence, dense.W, true, true), tf.transpose(dense.b));
  return { logits, states: after };
}

/** −ln of the probability of every target: of logits [N, V] and targets [N], in nats [N]. */
export function nats(tf: TensorFlow, logits: Tensor, targets: Tensor): Tensor {
  const [, V = 0] = logits.shape;
  const chosen = tf.oneHot(targets, V, 1, 0, 'float32');
  return tf.neg(tf.sum(tf.mul(chosen, tf.logSoftmax(logits)), 1));
}

/** The unit vectors [V, N] of ids [N]. */
export function unitColumns(tf: TensorFlow, ids: Int32Array, V: number): Tensor {
  return tf.transpose(tf.oneHot(tf.tensor1d(ids, 'int32'), V, 1, 0, 'float32'));
}
