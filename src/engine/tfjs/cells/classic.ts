import type { TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

/** The classic cell (Elman 1990). */
export const classic = (tf: TensorFlow): Cell<'hidden', 'hidden', 'h', 'slope'> => ({
  states: ['hidden'],
  products: { hidden: ['h'] },

  step(R, x, { hidden }) {
    // h' = tanh(x + R·h)
    const h = tf.tanh(tf.add(tf.matMul(R.hidden, hidden), x));
    return { states: { hidden: h }, gates: { h }, operands: { hidden }, kept: { h } };
  },

  factors({ h }) {
    // tanh' = 1 − tanh²
    return { slope: tf.sub(1, tf.square(h)) };
  },

  backward(Rt, { slope }, after) {
    // δx = δh'∘(1 − h'²)    δh = Rᵀ·δx
    const x = tf.mul(after.hidden, slope);
    return { x, before: { hidden: tf.matMul(Rt.hidden, x) } };
  },
});
