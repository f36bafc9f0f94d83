import type { Kernels } from '../kernels.ts';
import type { Cell } from './cell.ts';

/** The classic cell (Elman 1990). */
export const classic = ({
  mul,
  square,
  oneMinus,
  tanh,
  matMul,
  stack,
  split,
}: Kernels): Cell<'hidden', 'hidden', 'h', 'slope'> => ({
  states: ['hidden'],
  products: { hidden: ['h'] },

  step(sums, { hidden }) {
    // h' = tanh(R·h + W·x + b)
    const h = tanh(sums('hidden', hidden));
    return { states: { hidden: h }, gates: { h }, kept: { h } };
  },

  factors(steps) {
    // tanh' = 1 − tanh²
    const slopes = oneMinus(square(stack(steps.map(({ h }) => h))));
    const rows = steps.map(
      ({
        h: {
          shape: [H = 0],
        },
      }) => H,
    );
    return split(slopes, rows).map((slope) => ({ slope }));
  },

  backward(Rt, { slope }, after) {
    // δsum = δh'∘(1 − h'²)    δh = Rᵀ·δsum
    const sum = mul(after.hidden, slope);
    return { sums: { hidden: sum }, before: { hidden: matMul(Rt.hidden, sum) } };
  },
});
