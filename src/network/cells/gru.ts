import { add, multiply, oneMinus, sigmoid, tanh } from '../../graph/operations.ts';
import { type Cell, weighted } from './cell.ts';

/** The gated recurrent unit (Cho et al. 2014), which resets the hidden state before the product. */
export const gru: Cell<'z' | 'r' | 'h', 'hidden'> = {
  states: ['hidden'],
  gates: ['z', 'r', 'h'],
  step(weights, x, { hidden }) {
    // z, r = σ(W·x + R·h + b)    h~ = tanh(W·x + R·(r∘h) + b)
    const z = sigmoid(weighted(weights.z, x, hidden));
    const r = sigmoid(weighted(weights.r, x, hidden));
    const h = tanh(weighted(weights.h, x, multiply(r, hidden)));
    // h' = (1 − z)∘h + z∘h~
    const next = add(multiply(oneMinus(z), hidden), multiply(z, h));
    return { states: { hidden: next }, gates: { z, r, h } };
  },
};
