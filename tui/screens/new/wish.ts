import type { CellName } from '../../../src/network/cells/cells.ts';
import {
  type SizeName,
  sizeNames,
  sizes,
  usualBudget,
  usualNetwork,
  usualSize,
} from '../../../src/train/defaults.ts';

/** What a person fills in. Where a value is null, the program finds a good one. */
export interface Wish {
  readonly corpus: string;
  readonly cell: CellName;
  readonly hidden: number;
  readonly layers: number;
  readonly embedding: number | 'one-hot';
  readonly batch: number;
  readonly unroll: number;
  readonly dropout: number | null;
  readonly learningRate: number | null;
  readonly budget: number;
  readonly unit: 'minutes' | 'passes' | 'steps';
  /** The run whose weights and shape it begins with. */
  readonly from: number | null;
}

export const firstWish: Wish = {
  corpus: 'bible',
  ...usualNetwork,
  ...sizes[usualSize],
  dropout: null,
  learningRate: null,
  budget: usualBudget.minutes,
  unit: 'minutes',
  from: null,
};

/** The size that a wish has the numbers of. */
export function sizeOf({ embedding, hidden, batch, unroll }: Wish): SizeName | 'own' {
  const fits = (size: (typeof sizes)[SizeName]) =>
    size.embedding === embedding &&
    size.hidden === hidden &&
    size.batch === batch &&
    size.unroll === unroll;
  return sizeNames.find((name) => fits(sizes[name])) ?? 'own';
}

/** The words after `escriba` that begin it. */
export function commandOf(wish: Wish): string[] {
  const { corpus, cell, hidden, layers, embedding, batch, unroll, dropout, learningRate, from } =
    wish;
  const shape = { cell, hidden, layers, embedding };
  const options = {
    ...(from === null ? shape : { from }),
    batch,
    unroll,
    ...(dropout === null ? {} : { dropout }),
    ...(learningRate === null ? {} : { lr: learningRate }),
    [wish.unit]: wish.budget,
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return ['train', corpus, ...words, '--json'];
}
