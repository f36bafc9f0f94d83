import { cellNames, cells } from '../../../src/network/cells/cells.ts';
import { usualVocabularySize } from '../../../src/run/prepare.ts';
import { sizeNames, sizes, usualBudget, usualSize } from '../../../src/train/defaults.ts';
import { limits, limitsInWords, typedNumber } from '../../../src/train/limits.ts';
import { titleOf } from '../run-words.ts';
import {
  choice,
  type Field,
  inGroup,
  number,
  optional,
  step,
  type Ungrouped,
} from './field-kinds.ts';
import { sizeOf, type Wish } from './wish.ts';

/** What there is to choose from in this store. */
export interface Offered {
  /** Names of texts. */
  readonly corpora: readonly string[];
  /** Runs with weights to begin with, for each text any may do. */
  readonly runs: readonly { readonly id: number; readonly words: string }[];
}

/** Every field of the form's first page, from top to bottom. */
export function fieldsOf(wish: Wish, offered: Offered): Field[] {
  return [
    ...inGroup('text', textFields(wish, offered)),
    ...inGroup('network', wish.from === null ? networkFields(wish) : []),
    ...inGroup('training', trainingFields(wish)),
    ...inGroup('budget', budgetFields(wish)),
  ];
}

function textFields(wish: Wish, { corpora, runs }: Offered): Ungrouped[] {
  const begins = [null, ...runs.map(({ id }) => id)];
  return [
    choice(
      'text',
      'The text to learn; t adds another.',
      corpora,
      wish.corpus,
      titleOf,
      (corpus) => ({
        ...wish,
        corpus,
      }),
    ),
    choice(
      'start from',
      runs.find(({ id }) => id === wish.from)?.words ?? 'New weights, or those of another run.',
      begins,
      wish.from,
      (from) => (from === null ? 'new weights' : `run ${from}`),
      (from) => ({ ...wish, from }),
    ),
  ];
}

function networkFields(wish: Wish): Ungrouped[] {
  const size = sizeOf(wish);
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    choice('cell', cells[wish.cell].about, cellNames, wish.cell, String, (cell) => set({ cell })),
    {
      title: 'size',
      value: size,
      about: 'Small learns something in a minute, medium in ten, large takes hours.',
      change: (by) => set(sizes[size === 'own' ? usualSize : step(sizeNames, size, by)]),
    },
    number(
      'hidden',
      wish.hidden,
      'Length of the hidden state: how much the network can remember.',
      limits.hidden,
      hiddens,
      (hidden) => set({ hidden }),
    ),
    number(
      'layers',
      wish.layers,
      'Cells stacked on each other.',
      limits.layers,
      [1, 2, 3, 4],
      (layers) => set({ layers }),
    ),
    {
      title: 'embedding',
      value: String(wish.embedding),
      about: 'Length of a token’s vector; one-hot is the vector with a single 1.',
      change: (by) =>
        set({
          embedding: step<number | 'one-hot'>(['one-hot', ...embeddings], wish.embedding, by),
        }),
      allowed: `“one-hot” or ${limitsInWords(limits.embedding)}`,
      type: (text) => {
        if (/^one-?hot$/i.test(text.trim())) return set({ embedding: 'one-hot' });
        const value = typedNumber(limits.embedding, text);
        return value === undefined ? undefined : set({ embedding: value });
      },
    },
    ...tokenizerFields(wish),
  ];
}

/** What the network reads: characters, or subwords and how many of them. */
function tokenizerFields(wish: Wish): Ungrouped[] {
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  const about = {
    automatic: 'What the network reads, chosen for you.',
    char: 'It reads one character at a time.',
    bpe: 'It reads subwords, learned from the text (byte-pair encoding).',
  }[wish.tokenizer ?? 'automatic'];
  const names = { automatic: 'automatic', char: 'characters', bpe: 'subwords' };
  return [
    choice(
      'tokens',
      about,
      [null, 'char', 'bpe'] as const,
      wish.tokenizer,
      (tokenizer) => names[tokenizer ?? 'automatic'],
      (tokenizer) => set({ tokenizer }),
    ),
    ...(wish.tokenizer === 'bpe'
      ? [
          number(
            'vocabulary',
            wish.vocabularySize ?? usualVocabularySize,
            'How many subwords there are, single characters included.',
            limits.vocabularySize,
            [128, 256, 512, 1024, 2048, 4096],
            (vocabularySize) => set({ vocabularySize }),
          ),
        ]
      : []),
  ];
}

function trainingFields(wish: Wish): Ungrouped[] {
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    optional(
      'dropout',
      wish.dropout,
      'Probability that a unit is left out in training.',
      'automatic',
      limits.dropout,
      dropouts,
      (dropout) => set({ dropout }),
    ),
    optional(
      'learning rate',
      wish.learningRate,
      'The peak of Adam’s learning rate.',
      'automatic',
      limits.learningRate,
      rates,
      (learningRate) => set({ learningRate }),
    ),
  ];
}

function budgetFields(wish: Wish): Ungrouped[] {
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    number(
      'budget',
      wish.budget,
      `How long to train, in ${wish.unit}.`,
      limits[wish.unit],
      budgets[wish.unit],
      (budget) => set({ budget }),
    ),
    choice(
      'of',
      'Minutes, passes over the text, or steps.',
      ['minutes', 'passes', 'steps'] as const,
      wish.unit,
      String,
      (unit) => set({ unit, budget: unit === wish.unit ? wish.budget : usualBudget[unit] }),
    ),
  ];
}

const hiddens = [32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048];
const embeddings = [16, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const dropouts = [0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6];
const rates = [0.0002, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.01];
const budgets = {
  minutes: [1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 1440],
  passes: [0.5, 1, 2, 3, 5, 10, 20, 30, 50, 100],
  steps: [100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
};
