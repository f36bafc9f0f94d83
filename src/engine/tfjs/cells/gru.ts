import type { Kernels } from '../kernels.ts';
import type { Cell } from './cell.ts';

/** The gated recurrent unit (Cho et al. 2014), which resets the hidden state before the product. */
export const gru = ({
  add,
  sub,
  mul,
  square,
  oneMinus,
  sigmoid,
  tanh,
  matMul,
  stack,
  split,
}: Kernels): Cell<'hidden', 'hidden' | 'reset', 'slopes' | 'slopeOfH' | 'shut' | 'r'> => ({
  states: ['hidden'],
  products: { hidden: ['z', 'r'], reset: ['h'] },

  step(sums, { hidden }) {
    const [H = 0] = hidden.shape;
    // z, r = σ(R·h + W·x + b)    h~ = tanh(R·(r∘h) + W·x + b)
    const open = sigmoid(sums('hidden', hidden));
    const [z, r] = split(open, [H, H]);
    const reset = mul(r, hidden);
    const h = tanh(sums('reset', reset));
    // h' = (1 − z)∘h + z∘h~ = h + z∘(h~ − h)
    const move = mul(z, sub(h, hidden));
    return {
      states: { hidden: add(hidden, move) },
      gates: { z, r, h },
      factors() {
        // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
        // z: (h~ − h)∘z∘(1 − z)    r: h∘r∘(1 − r)    h~: z∘(1 − h~²)
        const opened = stack([move, reset]);
        return {
          slopes: sub(opened, mul(opened, open)),
          slopeOfH: sub(z, mul(z, square(h))),
          shut: oneMinus(z),
          r,
        };
      },
    };
  },

  backward(Rt, { slopes, slopeOfH, shut, r }, after) {
    // Of h~: δsum = δh'∘slope    δ(r∘h) = Rᵀ·δsum
    const sumOfH = mul(after.hidden, slopeOfH);
    const reset = matMul(Rt.reset, sumOfH);
    // Of z and r: δsum = (δh', δ(r∘h))∘slopes
    const sumsOfOpen = mul(stack([after.hidden, reset]), slopes);
    // δh = δh'∘(1 − z) + δ(r∘h)∘r + Rᵀ·δsum
    const direct = add(mul(after.hidden, shut), mul(reset, r));
    const hidden = add(direct, matMul(Rt.hidden, sumsOfOpen));
    return { sums: { hidden: sumsOfOpen, reset: sumOfH }, before: { hidden } };
  },
});
