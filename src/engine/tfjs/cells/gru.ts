import { cut, type TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

/** The gated recurrent unit (Cho et al. 2014), which resets the hidden state before the product. */
export const gru = (
  tf: TensorFlow,
): Cell<'hidden', 'hidden' | 'reset', 'slopes' | 'slopeOfH' | 'shut' | 'r'> => ({
  states: ['hidden'],
  products: { hidden: ['z', 'r'], reset: ['h'] },

  step(sums, { hidden }) {
    const [H = 0] = hidden.shape;
    // z, r = σ(R·h + W·x + b)    h~ = tanh(R·(r∘h) + W·x + b)
    const open = tf.sigmoid(sums('hidden', hidden));
    const [z, r] = cut(tf, open, [H, H], 0);
    const reset = tf.mul(r, hidden);
    const h = tf.tanh(sums('reset', reset));
    // h' = (1 − z)∘h + z∘h~ = h + z∘(h~ − h)
    const move = tf.mul(z, tf.sub(h, hidden));
    return {
      states: { hidden: tf.add(hidden, move) },
      gates: { z, r, h },
      factors() {
        // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
        // z: (h~ − h)∘z∘(1 − z)    r: h∘r∘(1 − r)    h~: z∘(1 − h~²)
        const opened = tf.concat([move, reset], 0);
        return {
          slopes: tf.sub(opened, tf.mul(opened, open)),
          slopeOfH: tf.sub(z, tf.mul(z, tf.square(h))),
          shut: tf.sub(1, z),
          r,
        };
      },
    };
  },

  backward(Rt, { slopes, slopeOfH, shut, r }, after) {
    // Of h~: δsum = δh'∘slope    δ(r∘h) = Rᵀ·δsum
    const sumOfH = tf.mul(after.hidden, slopeOfH);
    const reset = tf.matMul(Rt.reset, sumOfH);
    // Of z and r: δsum = (δh', δ(r∘h))∘slopes
    const sumsOfOpen = tf.mul(tf.concat([after.hidden, reset], 0), slopes);
    // δh = δh'∘(1 − z) + δ(r∘h)∘r + Rᵀ·δsum
    const direct = tf.add(tf.mul(after.hidden, shut), tf.mul(reset, r));
    const hidden = tf.add(direct, tf.matMul(Rt.hidden, sumsOfOpen));
    return { sums: { hidden: sumsOfOpen, reset: sumOfH }, before: { hidden } };
  },
});
