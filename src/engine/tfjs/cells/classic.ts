import type { Kernels } from '../kernels.ts';
import type { Cell } from './cell.ts';

/** The classic cell (Elman 1990). */
export const classic = ({
  mul,
  square,
  oneMinus,
  tanh,
  matMul,
}: Kernels): Cell<'hidden', 'hidden', 'slope'> => ({
  states: ['hidden'],
  products: { hidden: ['h'] },

  step(sums, { hidden }) {
    // h' = tanh(R·h + W·x + b)
    const h = tanh(sums('hidden', hidden));
    // tanh' = 1 − tanh²
    return {
      states: { hidden: h },
      gates: { h },
      factors: () => ({ slope: oneMinus(square(h)) }),
    };
  },

  backward(Rt, { slope }, after) {
    // δsum = δh'∘(1 − h'²)    δh = Rᵀ·δsum
    const sum = mul(after.hidden, slope);
    return { sums: { hidden: sum }, before: { hidden: matMul(Rt.hidden, sum) } };
  },
});
