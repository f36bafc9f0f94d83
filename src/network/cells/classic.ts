import { tanh } from '../../graph/operations.ts';
import type { Cell } from './cell.ts';

/** The classic cell (Elman 1990), with one "gate" that is its new hidden state. */
export const classic: Cell<'h', 'hidden'> = {
  states: ['hidden'],
  gates: ['h'],
  step(gates, { hidden }) {
    // h' = tanh(W·x + R·h + b)
    const { h } = gates(['h'], tanh, hidden);
    return { states: { hidden: h }, gates: { h } };
  },
};
