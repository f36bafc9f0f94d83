import { cut, type TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

/** Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export const lstm = (
  tf: TensorFlow,
): Cell<
  'hidden' | 'cell',
  'hidden',
  'open' | 'g' | 'cell' | 'squashed',
  'slopes' | 'outflow' | 'f'
> => ({
  states: ['hidden', 'cell'],
  // Those that are open or shut lie together, for one σ.
  products: { hidden: ['i', 'f', 'o', 'g'] },

  step(R, x, { hidden, cell }) {
    const [H = 0] = hidden.shape;
    // i, f, o = σ(x + R·h)    g = tanh(x + R·h)
    const sums = tf.add(tf.matMul(R.hidden, hidden), x);
    const [sumsOfOpen, sumOfG] = cut(tf, sums, [3 * H, H], 0);
    const open = tf.sigmoid(sumsOfOpen);
    const [i, f, o] = cut(tf, open, [H, H, H], 0);
    const g = tf.tanh(sumOfG);
    // c' = f∘c + i∘g    h' = o∘tanh(c')
    const c = tf.add(tf.mul(f, cell), tf.mul(i, g));
    const squashed = tf.tanh(c);
    return {
      states: { hidden: tf.mul(o, squashed), cell: c },
      gates: { i, f, g, o },
      operands: { hidden },
      kept: { open, g, cell, squashed },
    };
  },

  factors({ open, g, cell, squashed }) {
    const [, H = 0] = g.shape;
    const [i, f, o] = cut(tf, open, [H, H, H], 1);
    // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
    // i, f, o: g∘i∘(1 − i), c∘f∘(1 − f), tanh(c')∘o∘(1 − o)    g: i∘(1 − g²)
    const multiplied = tf.concat([g, cell, squashed], 1);
    const slopesOfOpen = tf.mul(multiplied, tf.mul(open, tf.sub(1, open)));
    const slopeOfG = tf.mul(i, tf.sub(1, tf.square(g)));
    return {
      slopes: tf.concat([slopesOfOpen, slopeOfG], 1),
      // ∂h'/∂c' = o∘(1 − tanh²(c'))
      outflow: tf.mul(o, tf.sub(1, tf.square(squashed))),
      f,
    };
  },

  backward(Rt, { slopes, outflow, f }, after) {
    // All of δc' = δc' + δh'∘∂h'/∂c'
    const c = tf.add(after.cell, tf.mul(after.hidden, outflow));
    // δx = (δc', δc', δh', δc')∘slopes    δh = Rᵀ·δx    δc = δc'∘f
    const x = tf.mul(tf.concat([c, c, after.hidden, c], 0), slopes);
    return { x, before: { hidden: tf.matMul(Rt.hidden, x), cell: tf.mul(c, f) } };
  },
});
