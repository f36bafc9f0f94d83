import { add, multiply, sigmoid, tanh } from '../../graph/operations.ts';
import type { Cell } from './cell.ts';

/** Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export const lstm: Cell<'i' | 'f' | 'g' | 'o', 'hidden' | 'cell'> = {
  states: ['hidden', 'cell'],
  gates: ['i', 'f', 'g', 'o'],
  step(gates, { hidden, cell }) {
    // i, f, o = σ(W·x + R·h + b)    g = tanh(W·x + R·h + b)
    const { i, f, o } = gates(['i', 'f', 'o'], sigmoid, hidden);
    const { g } = gates(['g'], tanh, hidden);
    // c' = f∘c + i∘g    h' = o∘tanh(c')
    const c = add(multiply(f, cell), multiply(i, g));
    return { states: { hidden: multiply(o, tanh(c)), cell: c }, gates: { i, f, g, o } };
  },
};
