import type { Kernels } from '../kernels.ts';
import type { Cell } from './cell.ts';

/** Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export const lstm = ({
  add,
  sub,
  mul,
  sigmoid,
  tanh,
  matMul,
  stack,
  split,
}: Kernels): Cell<'hidden' | 'cell', 'hidden', 'slopes' | 'outflow' | 'f'> => ({
  states: ['hidden', 'cell'],
  // Those that are open or shut lie together, for one σ.
  products: { hidden: ['i', 'f', 'o', 'g'] },

  step(sums, { hidden, cell }) {
    const [H = 0] = hidden.shape;
    // i, f, o = σ(R·h + W·x + b)    g = tanh(R·h + W·x + b)
    const [sumsOfOpen, sumOfG] = split(sums('hidden', hidden), [3 * H, H]);
    const open = sigmoid(sumsOfOpen);
    const [i, f, o] = split(open, [H, H, H]);
    const g = tanh(sumOfG);
    // c' = f∘c + i∘g    h' = o∘tanh(c')
    const [left, taken] = [mul(f, cell), mul(i, g)];
    const c = add(left, taken);
    const squashed = tanh(c);
    const h = mul(o, squashed);
    return {
      states: { hidden: h, cell: c },
      gates: { i, f, g, o },
      factors() {
        // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
        // i, f, o: g∘i∘(1 − i), c∘f∘(1 − f), tanh(c')∘o∘(1 − o)    g: i∘(1 − g²)
        const opened = stack([taken, left, h]);
        const slopesOfOpen = sub(opened, mul(opened, open));
        const slopeOfG = sub(i, mul(taken, g));
        return {
          slopes: stack([slopesOfOpen, slopeOfG]),
          // ∂h'/∂c' = o∘(1 − tanh²(c'))
          outflow: sub(o, mul(h, squashed)),
          f,
        };
      },
    };
  },

  backward(Rt, { slopes, outflow, f }, after) {
    // All of δc' = δc' + δh'∘∂h'/∂c'
    const c = add(after.cell, mul(after.hidden, outflow));
    // δsums = (δc', δc', δh', δc')∘slopes    δh = Rᵀ·δsums    δc = δc'∘f
    const sums = mul(stack([c, c, after.hidden, c]), slopes);
    return {
      sums: { hidden: sums },
      before: { hidden: matMul(Rt.hidden, sums), cell: mul(c, f) },
    };
  },
});
