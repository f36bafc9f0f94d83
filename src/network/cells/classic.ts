import { tanh } from '../../graph/operations.ts';
import { type Cell, standardGate } from './cell.ts';

/** The classic cell (Elman 1990), with one "gate" that is its new hidden state. */
export const classic: Cell<'h', 'hidden'> = {
  title: 'classic',
  about: 'The classic cell of 1990: it forgets within a word or two.',
  pytorch: 'RNN',
  module: 'rnn',
  states: ['hidden'],
  gates: { h: standardGate },
  vectors: [
    {
      ...{ key: 'hidden', symbol: 'h', name: 'hidden', range: 'signed' },
      formula: 'h′ = tanh(W·x + R·h + b)',
      says: 'all it remembers, made anew',
    },
  ],
  step(gates, { hidden }) {
    const { h } = gates(['h'], tanh, { R: hidden });
    return { states: { hidden: h }, gates: { h } };
  },
};
