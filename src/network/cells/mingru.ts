import { add, multiply, oneMinus, sigmoid } from '../../graph/operations.ts';
import type { Cell } from './cell.ts';

/** Neither gate looks at the hidden state. */
const gate = { W: 'input', b: 'bias' } as const;

/** The minimal gated recurrent unit (Feng et al. 2024), whose gates depend on the input alone. */
export const mingru: Cell<'z' | 'h', 'hidden'> = {
  title: 'minGRU',
  about: 'Minimal GRU: its gates see the input alone, so it has no recurrent matrices.',
  module: 'min_gru',
  states: ['hidden'],
  gates: { z: gate, h: gate },
  vectors: [
    {
      ...{ key: 'z', symbol: 'z', name: 'update', range: 'unit' },
      formula: 'z = σ(W_z·x + b_z)',
      says: 'how much to renew',
    },
    {
      ...{ key: 'h', symbol: 'h~', name: 'candidate', range: 'unbounded' },
      formula: 'h~ = W_h·x + b_h',
      says: 'what is new',
    },
    {
      ...{ key: 'hidden', symbol: 'h', name: 'hidden', range: 'unbounded' },
      formula: 'h′ = (1−z)∘h + z∘h~',
      says: 'between the old and the new',
    },
  ],
  step(gates, { hidden }) {
    const { z } = gates(['z'], sigmoid);
    const { h } = gates(['h'], (sum) => sum);
    const next = add(multiply(oneMinus(z), hidden), multiply(z, h));
    return { states: { hidden: next }, gates: { z, h } };
  },
};
