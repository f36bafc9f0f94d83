import { add, multiply, oneMinus, sigmoid, tanh } from '../../graph/operations.ts';
import { type Cell, standardGate } from './cell.ts';

/** The gated recurrent unit (Cho et al. 2014), which resets the hidden state before the product. */
export const gru: Cell<'z' | 'r' | 'h', 'hidden'> = {
  title: 'GRU',
  about: 'Gated recurrent unit: nearly as good as an LSTM, and a quarter smaller.',
  // PyTorch's GRU resets after the product: what the one learned is not the other's.
  module: 'reset_before_gru',
  states: ['hidden'],
  gates: { z: standardGate, r: standardGate, h: standardGate },
  vectors: [
    {
      ...{ key: 'z', symbol: 'z', name: 'update', range: 'unit' },
      formula: 'z = σ(W_z·x + R_z·h + b_z)',
      says: 'how much to renew',
    },
    {
      ...{ key: 'r', symbol: 'r', name: 'reset', range: 'unit' },
      formula: 'r = σ(W_r·x + R_r·h + b_r)',
      says: 'how much of the old to look at',
    },
    {
      ...{ key: 'h', symbol: 'h~', name: 'candidate', range: 'signed' },
      formula: 'h~ = tanh(W_h·x + R_h·(r∘h) + b_h)',
      says: 'what is new',
    },
    {
      ...{ key: 'hidden', symbol: 'h', name: 'hidden', range: 'signed' },
      formula: 'h′ = (1−z)∘h + z∘h~',
      says: 'between the old and the new',
    },
  ],
  step(gates, { hidden }) {
    const { z, r } = gates(['z', 'r'], sigmoid, { R: hidden });
    const { h } = gates(['h'], tanh, { R: multiply(r, hidden) });
    const next = add(multiply(oneMinus(z), hidden), multiply(z, h));
    return { states: { hidden: next }, gates: { z, r, h } };
  },
};
