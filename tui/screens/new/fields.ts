import type { z } from 'zod';
import { cellNames, cells } from '../../../src/network/cells/cells.ts';
import { sizeNames, sizes, usualBudget, usualSize } from '../../../src/train/defaults.ts';
import { limits, limitsInWords, typedNumber } from '../../../src/train/limits.ts';
import { short } from '../../drawing/numbers.ts';
import { titleOf } from '../run-words.ts';
import { sizeOf, type Wish } from './wish.ts';

/** One thing to fill in. */
export interface Field {
  readonly title: string;
  /** What it holds, as it is shown. */
  readonly value: string;
  readonly about: string;
  /** Fields of one group stand together. */
  readonly group: 'text' | 'network' | 'training' | 'budget';
  /** The wish with the choice that many places further; the ends stay where they are. */
  change(by: 1 | -1): Wish;
  /** Takes a typed value; undefined where it cannot be used. None where only choices can be taken. */
  readonly type?: (text: string) => Wish | undefined;
  /** What a typed value has to be: `a whole number from 8 to 2048`. */
  readonly allowed?: string;
}

/** What there is to choose from in this store. */
export interface Offered {
  /** Names of texts. */
  readonly corpora: readonly string[];
  /** Runs with weights to begin with, for each text any may do. */
  readonly runs: readonly { readonly id: number; readonly words: string }[];
}

/** Every field of the form, from top to bottom. */
export function fieldsOf(wish: Wish, offered: Offered): Field[] {
  return [
    ...inGroup('text', textFields(wish, offered)),
    ...inGroup('network', wish.from === null ? networkFields(wish) : []),
    ...inGroup('training', trainingFields(wish)),
    ...inGroup('budget', budgetFields(wish)),
  ];
}

type Ungrouped = Omit<Field, 'group'>;

function inGroup(group: Field['group'], fields: readonly Ungrouped[]): Field[] {
  return fields.map((field) => ({ ...field, group }));
}

function textFields(wish: Wish, { corpora, runs }: Offered): Ungrouped[] {
  const begins = [null, ...runs.map(({ id }) => id)];
  return [
    {
      title: 'text',
      value: titleOf(wish.corpus),
      about: 'The text to learn. `escriba corpus add` adds one of your own.',
      change: (by) => ({ ...wish, corpus: step(corpora, wish.corpus, by) }),
    },
    {
      title: 'start from',
      value: wish.from === null ? 'new weights' : `run ${wish.from}`,
      about:
        runs.find(({ id }) => id === wish.from)?.words ?? 'New weights, or those of another run.',
      change: (by) => ({ ...wish, from: step(begins, wish.from, by) }),
    },
  ];
}

function networkFields(wish: Wish): Ungrouped[] {
  const size = sizeOf(wish);
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    {
      title: 'cell',
      value: wish.cell,
      about: cells[wish.cell].about,
      change: (by) => set({ cell: step(cellNames, wish.cell, by) }),
    },
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
      about: 'Length of a character’s vector; one-hot is the vector with a single 1.',
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
  ];
}

function trainingFields(wish: Wish): Ungrouped[] {
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    number(
      'batch',
      wish.batch,
      'How many stretches of the text are read in parallel.',
      limits.batch,
      batches,
      (batch) => set({ batch }),
    ),
    number(
      'unroll',
      wish.unroll,
      'Characters per window: how far the gradient goes back.',
      limits.unroll,
      unrolls,
      (unroll) => set({ unroll }),
    ),
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
    {
      title: 'of',
      value: wish.unit,
      about: 'Minutes, passes over the text, or steps.',
      change: (by) => {
        const unit = step(units, wish.unit, by);
        return set({ unit, budget: unit === wish.unit ? wish.budget : usualBudget[unit] });
      },
    },
  ];
}

const hiddens = [32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048];
const embeddings = [16, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const batches = [1, 8, 16, 32, 48, 64, 96, 128, 256];
const unrolls = [16, 32, 48, 64, 100, 128, 150, 200, 256];
const dropouts = [0, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6];
const rates = [0.0002, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.01];
const units = ['minutes', 'passes', 'steps'] as const;
const budgets = {
  minutes: [1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 1440],
  passes: [0.5, 1, 2, 3, 5, 10, 20, 30, 50, 100],
  steps: [100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
};

function number(
  title: string,
  value: number,
  about: string,
  limit: z.ZodNumber,
  steps: readonly number[],
  set: (value: number) => Wish,
): Ungrouped {
  return {
    title,
    value: value >= 10_000 ? short(value) : String(value),
    about,
    change: (by) => set(stepNumber(steps, value, by)),
    allowed: limitsInWords(limit),
    type: (text) => {
      const read = typedNumber(limit, text);
      return read === undefined ? undefined : set(read);
    },
  };
}

/** A number that the program chooses where a person does not. */
function optional(
  title: string,
  value: number | null,
  about: string,
  otherwise: string,
  limit: z.ZodNumber,
  steps: readonly number[],
  set: (value: number | null) => Wish,
): Ungrouped {
  return {
    title,
    value: value === null ? otherwise : String(value),
    about: value === null ? `${about} Chosen for you.` : about,
    change: (by) => {
      if (value === null) return set(by > 0 ? (steps[0] ?? null) : null);
      return set(by < 0 && value <= (steps[0] ?? 0) ? null : stepNumber(steps, value, by));
    },
    allowed: `${limitsInWords(limit)}, or nothing`,
    type: (text) => {
      if (text.trim() === '') return set(null);
      const read = typedNumber(limit, text);
      return read === undefined ? undefined : set(read);
    },
  };
}

function step<T>(choices: readonly T[], value: T, by: 1 | -1): T {
  const place = choices.indexOf(value) + by;
  return choices[Math.max(0, Math.min(choices.length - 1, place))] ?? value;
}

/** The next of the steps above or below a number, which need not be one of them. */
function stepNumber(steps: readonly number[], value: number, by: 1 | -1): number {
  const next = by > 0 ? steps.find((each) => each > value) : steps.findLast((each) => each < value);
  return next ?? value;
}
