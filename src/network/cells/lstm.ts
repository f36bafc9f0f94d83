import { add, multiply, sigmoid, tanh } from '../../graph/operations.ts';
import { type Cell, standardGate } from './cell.ts';

/** Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export const lstm: Cell<'i' | 'f' | 'g' | 'o', 'hidden' | 'cell'> = {
  title: 'LSTM',
  about: 'Long short-term memory: it remembers longest.',
  pytorch: 'LSTM',
  module: 'rnn',
  states: ['hidden', 'cell'],
  gates: { i: standardGate, f: standardGate, g: standardGate, o: standardGate },
  vectors: [
    {
      ...{ key: 'i', symbol: 'i', name: 'input', range: 'unit' },
      formula: 'i = σ(W_i·x + R_i·h + b_i)',
      says: 'what to let in',
    },
    {
      ...{ key: 'f', symbol: 'f', name: 'forget', range: 'unit' },
      formula: 'f = σ(W_f·x + R_f·h + b_f)',
      says: 'what to keep',
    },
    {
      ...{ key: 'g', symbol: 'g', name: 'candidate', range: 'signed' },
      formula: 'g = tanh(W_g·x + R_g·h + b_g)',
      says: 'what is new',
    },
    {
      ...{ key: 'o', symbol: 'o', name: 'output', range: 'unit' },
      formula: 'o = σ(W_o·x + R_o·h + b_o)',
      says: 'what to show',
    },
    {
      ...{ key: 'cell', symbol: 'c', name: 'cell', range: 'unbounded' },
      formula: 'c′ = f∘c + i∘g',
      says: 'what it remembers',
    },
    {
      ...{ key: 'hidden', symbol: 'h', name: 'hidden', range: 'signed' },
      formula: 'h′ = o∘tanh(c′)',
      says: 'what it shows of that',
    },
  ],
  step(gates, { hidden, cell }) {
    const { i, f, o } = gates(['i', 'f', 'o'], sigmoid, { R: hidden });
    const { g } = gates(['g'], tanh, { R: hidden });
    const c = add(multiply(f, cell), multiply(i, g));
    return { states: { hidden: multiply(o, tanh(c)), cell: c }, gates: { i, f, g, o } };
  },
};
