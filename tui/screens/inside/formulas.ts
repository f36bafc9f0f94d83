import type { CellName } from '../../../src/network/config.ts';

/** A vector of a cell that is shown: a gate or a state. */
export interface Part {
  /** As the network names it: `i`, or `hidden`. */
  readonly key: string;
  readonly symbol: string;
  readonly name: string;
  readonly kind: 'gate' | 'state';
  readonly formula: string;
  readonly says: string;
}

/**
 * The vectors of each cell in the order in which they are computed, with their formulas. σ lies
 * between 0 and 1, tanh between -1 and 1; every gate has matrices and a bias of its own, which bear its name.
 */
export const partsOf: Readonly<Record<CellName, readonly Part[]>> = {
  classic: [
    {
      key: 'hidden',
      symbol: 'h',
      name: 'hidden',
      kind: 'state',
      formula: 'h′ = tanh(W·x + R·h + b)',
      says: 'all it remembers, made anew',
    },
  ],
  gru: [
    {
      key: 'z',
      symbol: 'z',
      name: 'update',
      kind: 'gate',
      formula: 'z = σ(W_z·x + R_z·h + b_z)',
      says: 'how much to renew',
    },
    {
      key: 'r',
      symbol: 'r',
      name: 'reset',
      kind: 'gate',
      formula: 'r = σ(W_r·x + R_r·h + b_r)',
      says: 'how much of the old to look at',
    },
    {
      key: 'h',
      symbol: 'h~',
      name: 'candidate',
      kind: 'gate',
      formula: 'h~ = tanh(W_h·x + R_h·(r∘h) + b_h)',
      says: 'what is new',
    },
    {
      key: 'hidden',
      symbol: 'h',
      name: 'hidden',
      kind: 'state',
      formula: 'h′ = (1−z)∘h + z∘h~',
      says: 'between the old and the new',
    },
  ],
  lstm: [
    {
      key: 'i',
      symbol: 'i',
      name: 'input',
      kind: 'gate',
      formula: 'i = σ(W_i·x + R_i·h + b_i)',
      says: 'what to let in',
    },
    {
      key: 'f',
      symbol: 'f',
      name: 'forget',
      kind: 'gate',
      formula: 'f = σ(W_f·x + R_f·h + b_f)',
      says: 'what to keep',
    },
    {
      key: 'g',
      symbol: 'g',
      name: 'candidate',
      kind: 'gate',
      formula: 'g = tanh(W_g·x + R_g·h + b_g)',
      says: 'what is new',
    },
    {
      key: 'o',
      symbol: 'o',
      name: 'output',
      kind: 'gate',
      formula: 'o = σ(W_o·x + R_o·h + b_o)',
      says: 'what to show',
    },
    {
      key: 'cell',
      symbol: 'c',
      name: 'cell',
      kind: 'state',
      formula: 'c′ = f∘c + i∘g',
      says: 'what it remembers',
    },
    {
      key: 'hidden',
      symbol: 'h',
      name: 'hidden',
      kind: 'state',
      formula: 'h′ = o∘tanh(c′)',
      says: 'what it shows of that',
    },
  ],
};
