import { moments, type StepScalars } from '../../network/optimizer.ts';
import type { Tensor, TensorFlow, Tensors } from './tensorflow.ts';

/** A block of parameters with Adam's two moments, and its moving average where one is kept. */
export type Learnt = Tensors<'w' | 'm' | 'v'> & Partial<Tensors<'average'>>;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019) of a gradient that clipping scales by `factor`. */
export function adam(
  tf: TensorFlow,
  state: Learnt,
  gradient: Tensor,
  factor: number,
  step: StepScalars,
): Learnt {
  const { beta1, beta2 } = moments;
  // m' = β₁m + (1 − β₁)g    v' = β₂v + (1 − β₂)g²
  const m = tf.add(tf.mul(state.m, beta1), tf.mul(gradient, (1 - beta1) * factor));
  const square = tf.mul(tf.square(gradient), (1 - beta2) * factor ** 2);
  const v = tf.add(tf.mul(state.v, beta2), square);
  // w' = (1 − decay)w − stepSize·m' / (√v' + ε), biases without decay
  const isBias = state.w.shape[1] === 1;
  const left = isBias ? state.w : tf.mul(state.w, 1 - step.decay);
  const update = tf.div(tf.mul(m, step.stepSize), tf.add(tf.sqrt(v), step.epsilon));
  const w = tf.sub(left, update);
  if (!state.average) return { w, m, v };
  const { average } = state;
  return { w, m, v, average: tf.add(average, tf.mul(tf.sub(w, average), step.averagingShare)) };
}

/** The norm of all gradients together. */
export function normOf(tf: TensorFlow, gradients: Tensors): number {
  return tf.tidy(() => {
    const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
    return Math.sqrt(tf.addN(squares).dataSync()[0] ?? Number.NaN);
  });
}
