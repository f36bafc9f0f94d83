import { add, multiply, oneMinus, sigmoid, tanh } from '../../graph/operations.ts';
import type { Cell } from './cell.ts';

/** The gated recurrent unit (Cho et al. 2014), which resets the hidden state before the product. */
export const gru: Cell<'z' | 'r' | 'h', 'hidden'> = {
  states: ['hidden'],
  gates: ['z', 'r', 'h'],
  step(gates, { hidden }) {
    // z, r = σ(W·x + R·h + b)    h~ = tanh(W·x + R·(r∘h) + b)
    const { z, r } = gates(['z', 'r'], sigmoid, hidden);
    const { h } = gates(['h'], tanh, multiply(r, hidden));
    // h' = (1 − z)∘h + z∘h~
    const next = add(multiply(oneMinus(z), hidden), multiply(z, h));
    return { states: { hidden: next }, gates: { z, r, h } };
  },
};
