import type { TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

/** The classic cell (Elman 1990). */
export const classic = (tf: TensorFlow): Cell<'hidden', 'hidden', 'slope'> => ({
  states: ['hidden'],
  products: { hidden: ['h'] },

  step(sums, { hidden }) {
    // h' = tanh(R·h + W·x + b)
    const h = tf.tanh(sums('hidden', hidden));
    // tanh' = 1 − tanh²
    return {
      states: { hidden: h },
      gates: { h },
      factors: () => ({ slope: tf.sub(1, tf.square(h)) }),
    };
  },

  backward(Rt, { slope }, after) {
    // δsum = δh'∘(1 − h'²)    δh = Rᵀ·δsum
    const sum = tf.mul(after.hidden, slope);
    return { sums: { hidden: sum }, before: { hidden: tf.matMul(Rt.hidden, sum) } };
  },
});
