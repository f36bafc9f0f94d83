import { usualThreads } from '../../../src/run/usual-threads.ts';
import { runNameSchema } from '../../../src/store/labels.ts';
import { limits } from '../../../src/train/limits.ts';
import { choice, type Field, inGroup, number, optional, type Ungrouped } from './field-kinds.ts';
import type { Wish } from './wish.ts';

/** The fields of the form's second page: what most trainings leave as it is. */
export function moreFieldsOf(wish: Wish): Field[] {
  return [
    ...inGroup('network', windowFields(wish)),
    ...inGroup('training', trainingFields(wish)),
    ...inGroup('run', runFields(wish)),
  ];
}

function windowFields(wish: Wish): Ungrouped[] {
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    number(
      'batch',
      wish.batch,
      'How many stretches of the text are read in parallel.',
      limits.batch,
      [1, 8, 16, 32, 48, 64, 96, 128, 256],
      (batch) => set({ batch }),
    ),
    number(
      'unroll',
      wish.unroll,
      'Tokens per window: how far the gradient goes back.',
      limits.unroll,
      [16, 32, 48, 64, 100, 128, 150, 200, 256],
      (unroll) => set({ unroll }),
    ),
  ];
}

function trainingFields(wish: Wish): Ungrouped[] {
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    optional(
      'recurrent drop',
      wish.recurrentDropout,
      'Dropout probability of the recurrent weights.',
      'automatic',
      limits.recurrentDropout,
      probabilities,
      (recurrentDropout) => set({ recurrentDropout }),
    ),
    ...(wish.tokenizer === 'bpe'
      ? [
          optional(
            'BPE dropout',
            wish.bpeDropout,
            'Probability that a merge is skipped.',
            'automatic',
            limits.bpeDropout,
            probabilities,
            (bpeDropout) => set({ bpeDropout }),
          ),
        ]
      : []),
    optional(
      'weight decay',
      wish.weightDecay,
      'Decoupled weight decay.',
      'none',
      limits.weightDecay,
      [0.0001, 0.001, 0.01, 0.1],
      (weightDecay) => set({ weightDecay }),
    ),
    optional(
      'clip',
      wish.clip,
      'The norm that gradients are scaled down to.',
      'automatic',
      limits.clip,
      [0.25, 0.5, 1, 2, 5],
      (clip) => set({ clip }),
    ),
    optional(
      'patience',
      wish.patience,
      'Stop early, after so many evaluations without improvement.',
      'off',
      limits.patience,
      [3, 5, 10, 20],
      (patience) => set({ patience }),
    ),
    choice(
      'hold out',
      wish.heldOut === 'units'
        ? 'Keep a part of the text to measure by.'
        : 'Learn all of the text; nothing is left to measure by.',
      ['units', 'none'] as const,
      wish.heldOut,
      (heldOut) => (heldOut === 'units' ? 'a part' : 'nothing'),
      (heldOut) => set({ heldOut }),
    ),
  ];
}

function runFields(wish: Wish): Ungrouped[] {
  const set = (change: Partial<Wish>): Wish => ({ ...wish, ...change });
  return [
    optional(
      'random seed',
      wish.randomSeed,
      'The same seed, options, threads and steps give the same network.',
      'random',
      limits.randomSeed,
      [1, 2, 3, 4, 5],
      (randomSeed) => set({ randomSeed }),
    ),
    optional(
      'threads',
      wish.threads,
      'Processors to use.',
      `all (${usualThreads})`,
      limits.threads,
      Array.from({ length: usualThreads }, (_, place) => place + 1),
      (threads) => set({ threads }),
    ),
    choice(
      'device',
      devices[wish.device].about,
      ['cpu', 'gpu', 'auto'] as const,
      wish.device,
      (device) => devices[device].title,
      (device) => set({ device }),
    ),
    {
      title: 'name',
      value: wish.name ?? 'none',
      about: 'What to call the run.',
      change: () => wish,
      allowed: `at most ${runNameSchema.maxLength} characters`,
      type: (text) => {
        const name = runNameSchema.safeParse(text).data;
        return name === undefined ? undefined : set({ name: name === '' ? null : name });
      },
    },
    choice(
      'then serves',
      wish.serves
        ? 'Once done, it writes for its text, whatever its figure.'
        : 'Once done, it writes for its text if it is no worse than the last one.',
      [false, true],
      wish.serves,
      (serves) => (serves ? 'always' : 'if no worse'),
      (serves) => set({ serves }),
    ),
  ];
}

const probabilities = [0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5];

const devices = {
  cpu: { title: 'processor', about: 'It computes on the processor.' },
  gpu: {
    title: 'graphics card',
    about: 'It computes on the graphics card, in 256 lanes unless you choose others.',
  },
  auto: {
    title: 'the faster one',
    about: 'It tries the processor and the graphics card, and takes the faster one.',
  },
} as const;
