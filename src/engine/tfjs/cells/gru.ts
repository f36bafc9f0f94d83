import type { Kernels } from '../kernels.ts';
import { at, type Tensor, type Tensors } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

type Kept = 'move' | 'reset' | 'taken' | 'z' | 'r' | 'h' | 'open';

/** The gated recurrent unit (Cho et al. 2014), which resets the hidden state before the product. */
export const gru = ({
  add,
  sub,
  mul,
  sigmoid,
  tanh,
  matMul,
  stack,
  split,
}: Kernels): Cell<'hidden', 'hidden' | 'reset', Kept, 'slopes' | 'slopeOfH' | 'z' | 'r'> => ({
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
      kept: { move, reset, taken: mul(z, h), z, r, h, open },
    };
  },

  factors(steps) {
    // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
    // z: (h~ − h)∘z∘(1 − z)    r: h∘r∘(1 − r)    h~: z∘(1 − h~²)
    const all = (rows: (step: Tensors<Kept>) => readonly Tensor[]) => stack(steps.flatMap(rows));
    const whole = all(({ move, reset, z }) => [move, reset, z]);
    const opened = all(({ move, reset, taken }) => [move, reset, taken]);
    const shares = all(({ open, h }) => [open, h]);
    const [H = 0] = steps[0]?.h.shape ?? [];
    const parts = split(
      sub(whole, mul(opened, shares)),
      steps.flatMap(() => [2 * H, H]),
    );
    return steps.map(({ z, r }, t) => ({
      slopes: at(parts, 2 * t),
      slopeOfH: at(parts, 2 * t + 1),
      z,
      r,
    }));
  },

  backward(Rt, { slopes, slopeOfH, z, r }, after) {
    // Of h~: δsum = δh'∘slope    δ(r∘h) = Rᵀ·δsum
    const sumOfH = mul(after.hidden, slopeOfH);
    const reset = matMul(Rt.reset, sumOfH);
    // Of z and r: δsum = (δh', δ(r∘h))∘slopes
    const sumsOfOpen = mul(stack([after.hidden, reset]), slopes);
    // δh = δh' − δh'∘z + δ(r∘h)∘r + Rᵀ·δsum
    const direct = add(sub(after.hidden, mul(after.hidden, z)), mul(reset, r));
    const hidden = add(direct, matMul(Rt.hidden, sumsOfOpen));
    return { sums: { hidden: sumsOfOpen, reset: sumOfH }, before: { hidden } };
  },
});
