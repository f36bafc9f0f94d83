import { cut, type TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

/** Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export const lstm = (
  tf: TensorFlow,
): Cell<'hidden' | 'cell', 'hidden', 'slopes' | 'outflow' | 'f'> => ({
  states: ['hidden', 'cell'],
  // Those that are open or shut lie together, for one σ.
  products: { hidden: ['i', 'f', 'o', 'g'] },

  step(sums, { hidden, cell }) {
    const [H = 0] = hidden.shape;
    // i, f, o = σ(R·h + W·x + b)    g = tanh(R·h + W·x + b)
    const [sumsOfOpen, sumOfG] = cut(tf, sums('hidden', hidden), [3 * H, H], 0);
    const open = tf.sigmoid(sumsOfOpen);
    const [i, f, o] = cut(tf, open, [H, H, H], 0);
    const g = tf.tanh(sumOfG);
    // c' = f∘c + i∘g    h' = o∘tanh(c')
    const [left, taken] = [tf.mul(f, cell), tf.mul(i, g)];
    const c = tf.add(left, taken);
    const squashed = tf.tanh(c);
    const h = tf.mul(o, squashed);
    return {
      states: { hidden: h, cell: c },
      gates: { i, f, g, o },
      factors() {
        // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
        // i, f, o: g∘i∘(1 − i), c∘f∘(1 − f), tanh(c')∘o∘(1 − o)    g: i∘(1 − g²)
        const opened = tf.concat([taken, left, h], 0);
        const slopesOfOpen = tf.sub(opened, tf.mul(opened, open));
        const slopeOfG = tf.sub(i, tf.mul(taken, g));
        return {
          slopes: tf.concat([slopesOfOpen, slopeOfG], 0),
          // ∂h'/∂c' = o∘(1 − tanh²(c'))
          outflow: tf.sub(o, tf.mul(h, squashed)),
          f,
        };
      },
    };
  },

  backward(Rt, { slopes, outflow, f }, after) {
    // All of δc' = δc' + δh'∘∂h'/∂c'
    const c = tf.add(after.cell, tf.mul(after.hidden, outflow));
    // δsums = (δc', δc', δh', δc')∘slopes    δh = Rᵀ·δsums    δc = δc'∘f
    const sums = tf.mul(tf.concat([c, c, after.hidden, c], 0), slopes);
    return {
      sums: { hidden: sums },
      before: { hidden: tf.matMul(Rt.hidden, sums), cell: tf.mul(c, f) },
    };
  },
});
