import { add, multiply, sigmoid, tanh } from '../../graph/operations.ts';
import { type Cell, standardGate } from './cell.ts';

const peepholeGate = { ...standardGate, p: 'elementwise' } as const;

/** The LSTM whose gates see the cell state through peepholes (Gers and Schmidhuber 2000; Gers et al. 2002). */
export const peephole: Cell<'i' | 'f' | 'g' | 'o', 'hidden' | 'cell'> = {
  title: 'peephole',
  about: 'LSTM with peepholes: its gates see the cell state too.',
  module: 'peephole_lstm',
  states: ['hidden', 'cell'],
  gates: { i: peepholeGate, f: peepholeGate, g: standardGate, o: peepholeGate },
  vectors: [
    {
      ...{ key: 'i', symbol: 'i', name: 'input', range: 'unit' },
      formula: 'i = σ(W_i·x + R_i·h + p_i∘c + b_i)',
      says: 'what to let in',
    },
    {
      ...{ key: 'f', symbol: 'f', name: 'forget', range: 'unit' },
      formula: 'f = σ(W_f·x + R_f·h + p_f∘c + b_f)',
      says: 'what to keep',
    },
    {
      ...{ key: 'g', symbol: 'g', name: 'candidate', range: 'signed' },
      formula: 'g = tanh(W_g·x + R_g·h + b_g)',
      says: 'what is new',
    },
    {
      ...{ key: 'cell', symbol: 'c', name: 'cell', range: 'unbounded' },
      formula: 'c′ = f∘c + i∘g',
      says: 'what it remembers',
    },
    {
      ...{ key: 'o', symbol: 'o', name: 'output', range: 'unit' },
      formula: 'o = σ(W_o·x + R_o·h + p_o∘c′ + b_o)',
      says: 'what to show',
    },
    {
      ...{ key: 'hidden', symbol: 'h', name: 'hidden', range: 'signed' },
      formula: 'h′ = o∘tanh(c′)',
      says: 'what it shows of that',
    },
  ],
  step(gates, { hidden, cell }) {
    const { i, f } = gates(['i', 'f'], sigmoid, { R: hidden, p: cell });
    const { g } = gates(['g'], tanh, { R: hidden });
    const c = add(multiply(f, cell), multiply(i, g));
    const { o } = gates(['o'], sigmoid, { R: hidden, p: c });
    return { states: { hidden: multiply(o, tanh(c)), cell: c }, gates: { i, f, g, o } };
  },
};
