import { z } from 'zod';
import { networkSchema } from '../network/config.ts';
import { vocabularySizes } from '../text/tokenizer/learn-bpe.ts';

const { embedding, hidden, layers } = networkSchema.unwrap().shape;

/** Within what a person may choose each number of a training: on the command line and in the form alike. */
export const limits = {
  hidden,
  layers,
  embedding: embedding.options[0],
  /** V, where subwords are learned. */
  vocabularySize: z.int().min(vocabularySizes.least).max(vocabularySizes.most),
  /** B: lanes. */
  batch: z.int().min(1).max(4096),
  /** T: steps. */
  unroll: z.int().min(1).max(4096),
  learningRate: z.number().min(1e-8).max(1),
  weightDecay: z.number().min(0).max(1),
  clip: z.number().min(1e-6).max(1e6),
  dropout: z.number().min(0).max(0.95),
  recurrentDropout: z.number().min(0).max(0.95),
  bpeDropout: z.number().min(0).max(0.95),
  /** Evaluations. */
  patience: z.int().min(1).max(10_000),
  randomSeed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  threads: z.int().min(1).max(256),
  minutes: z.number().min(0.01).max(1e6),
  passes: z.number().min(0.001).max(1e6),
  steps: z.int().min(1).max(1e9),
} as const satisfies Readonly<Record<string, z.ZodNumber>>;

/** What a number has to be, in words: `a whole number from 8 to 2048`. */
export function limitsInWords({ minValue, maxValue, format }: z.ZodNumber): string {
  return `a${format === 'safeint' ? ' whole' : ''} number from ${minValue} to ${grouped(maxValue)}`;
}

/** 2048, but 10,000,000. */
function grouped(value: number | null): string {
  return (value ?? Number.POSITIVE_INFINITY).toLocaleString('en-US', { useGrouping: 'min2' });
}

/** The number that a person typed; undefined where it is none, or beyond its limits. */
export function typedNumber(limit: z.ZodNumber, text: string): number | undefined {
  const isNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim());
  return isNumber ? limit.safeParse(Number(text)).data : undefined;
}
