import { cut, type TensorFlow } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

/** The gated recurrent unit (Cho et al. 2014), which resets the hidden state before the product. */
export const gru = (
  tf: TensorFlow,
): Cell<
  'hidden',
  'hidden' | 'reset',
  'open' | 'h' | 'hidden',
  'slopes' | 'slopeOfH' | 'shut' | 'r'
> => ({
  states: ['hidden'],
  products: { hidden: ['z', 'r'], reset: ['h'] },

  step(R, x, { hidden }) {
    const [H = 0] = hidden.shape;
    const [xOfOpen, xOfH] = cut(tf, x, [2 * H, H], 0);
    // z, r = σ(x + R·h)    h~ = tanh(x + R·(r∘h))
    const open = tf.sigmoid(tf.add(tf.matMul(R.hidden, hidden), xOfOpen));
    const [z, r] = cut(tf, open, [H, H], 0);
    const reset = tf.mul(r, hidden);
    const h = tf.tanh(tf.add(tf.matMul(R.reset, reset), xOfH));
    // h' = (1 − z)∘h + z∘h~ = h + z∘(h~ − h)
    const next = tf.add(hidden, tf.mul(z, tf.sub(h, hidden)));
    return {
      states: { hidden: next },
      gates: { z, r, h },
      operands: { hidden, reset },
      kept: { open, h, hidden },
    };
  },

  factors({ open, h, hidden }) {
    const [, H = 0] = h.shape;
    const [z, r] = cut(tf, open, [H, H], 1);
    // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
    // z: (h~ − h)∘z∘(1 − z)    r: h∘r∘(1 − r)    h~: z∘(1 − h~²)
    const multiplied = tf.concat([tf.sub(h, hidden), hidden], 1);
    return {
      slopes: tf.mul(multiplied, tf.mul(open, tf.sub(1, open))),
      slopeOfH: tf.mul(z, tf.sub(1, tf.square(h))),
      shut: tf.sub(1, z),
      r,
    };
  },

  backward(Rt, { slopes, slopeOfH, shut, r }, after) {
    // Of h~: δx = δh'∘slope    δ(r∘h) = Rᵀ·δx
    const xOfH = tf.mul(after.hidden, slopeOfH);
    const reset = tf.matMul(Rt.reset, xOfH);
    // Of z and r: δx = (δh', δ(r∘h))∘slopes
    const xOfOpen = tf.mul(tf.concat([after.hidden, reset], 0), slopes);
    // δh = δh'∘(1 − z) + δ(r∘h)∘r + Rᵀ·δx
    const direct = tf.add(tf.mul(after.hidden, shut), tf.mul(reset, r));
    const hidden = tf.add(direct, tf.matMul(Rt.hidden, xOfOpen));
    return { x: tf.concat([xOfOpen, xOfH], 0), before: { hidden } };
  },
});
