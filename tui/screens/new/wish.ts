import { books } from '../../../data/books.ts';
import type { CellName } from '../../../src/network/cells/cells.ts';
import type { HeldOut } from '../../../src/text/corpus.ts';
import {
  cardLanes,
  type SizeName,
  sizeNames,
  sizes,
  usualBudget,
  usualNetwork,
  usualSize,
} from '../../../src/train/defaults.ts';

/** What a person fills in. Where a value is null, the program finds a good one, or does without. */
export interface Wish {
  readonly corpus: string;
  readonly cell: CellName;
  readonly hidden: number;
  readonly layers: number;
  readonly embedding: number | 'one-hot';
  readonly tokenizer: 'char' | 'bpe' | null;
  /** Of subwords. */
  readonly vocabularySize: number | null;
  readonly batch: number;
  readonly unroll: number;
  readonly dropout: number | null;
  readonly recurrentDropout: number | null;
  readonly bpeDropout: number | null;
  readonly learningRate: number | null;
  readonly weightDecay: number | null;
  readonly clip: number | null;
  readonly patience: number | null;
  readonly heldOut: HeldOut;
  readonly randomSeed: number | null;
  readonly threads: number | null;
  readonly device: 'cpu' | 'gpu' | 'auto';
  readonly name: string | null;
  /** Whether it writes for its text once it is done, whatever its figure. */
  readonly serves: boolean;
  readonly budget: number;
  readonly unit: 'minutes' | 'passes' | 'steps';
  /** The run whose weights and shape it begins with. */
  readonly from: number | null;
}

export const firstWish: Wish = {
  corpus: books[0].name,
  ...usualNetwork,
  ...sizes[usualSize],
  ...{ tokenizer: null, vocabularySize: null },
  ...{ dropout: null, recurrentDropout: null, bpeDropout: null },
  ...{ learningRate: null, weightDecay: null, clip: null, patience: null },
  ...{ heldOut: 'units', randomSeed: null, threads: null, name: null, serves: false },
  device: 'cpu',
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

/** The lanes that are trained with: a card has more of its own where no others are chosen. */
export function lanesOf({ batch, device }: Pick<Wish, 'batch' | 'device'>): number {
  return device === 'gpu' && isUsual(batch) ? cardLanes : batch;
}

function isUsual(batch: number): boolean {
  return batch === sizes[usualSize].batch;
}

/** The words after `escriba` that begin it. */
export function commandOf(wish: Wish): string[] {
  const { corpus, from, unit, budget } = wish;
  const { cell, hidden, layers, embedding, tokenizer } = wish;
  const isBpe = from === null && tokenizer === 'bpe';
  const shape = {
    ...{ cell, hidden, layers, embedding, tokenizer },
    'vocab-size': isBpe ? wish.vocabularySize : null,
    'bpe-dropout': isBpe ? wish.bpeDropout : null,
  };
  const options = {
    ...(from === null ? shape : { from }),
    batch: wish.device !== 'cpu' && isUsual(wish.batch) ? null : wish.batch,
    unroll: wish.unroll,
    dropout: wish.dropout,
    'recurrent-dropout': wish.recurrentDropout,
    lr: wish.learningRate,
    'weight-decay': wish.weightDecay,
    clip: wish.clip,
    patience: wish.patience,
    'hold-out': wish.heldOut === 'units' ? null : wish.heldOut,
    'random-seed': wish.randomSeed,
    threads: wish.threads,
    device: wish.device === 'cpu' ? null : wish.device,
    [unit]: budget,
  };
  const words = Object.entries(options).flatMap(([name, value]) =>
    value === null ? [] : [`--${name}`, String(value)],
  );
  // A name may begin with a hyphen.
  const name = wish.name === null ? [] : [`--name=${wish.name}`];
  return ['train', corpus, ...words, ...name, ...(wish.serves ? ['--serve'] : []), '--json'];
}
