import { z } from 'zod';
import { cellNames } from '../network/cells/cells.ts';
import type { NetworkConfig } from '../network/config.ts';
import type { CheckpointKind, TrainingProgress } from '../train/events.ts';
import type { Machine, TrainingSettings } from '../train/settings.ts';

/** The forms of what other rooms hand over and the store keeps as JSON. */
const count = z.int().nonnegative();

export const networkForm = z.object({
  cell: z.enum(cellNames),
  vocabularySize: count,
  embedding: z.union([count, z.literal('one-hot')]),
  hidden: count,
  layers: count,
}) satisfies z.ZodType<NetworkConfig>;

export const settingsForm = z.object({
  batch: count,
  unroll: count,
  steps: count,
  learningRate: z.number(),
  warmUp: count,
  finalShare: z.number(),
  weightDecay: z.number(),
  clip: z.number(),
  dropout: z.number(),
  // Runs of before there was any say nothing of it.
  recurrentDropout: z.number().default(0),
  averaging: z.number(),
  patience: count,
  evaluateEvery: count,
  randomSeed: z.number(),
  heldOut: z.enum(['units', 'none']),
}) satisfies z.ZodType<TrainingSettings>;

export const machineForm = z.object({
  engine: z.string(),
  engineVersion: z.string(),
  processor: z.string(),
  threads: count,
}) satisfies z.ZodType<Machine>;

export const progressForm = z.object({
  step: count,
  evaluated: count,
  place: z.object({ pass: count, offset: count, window: count }),
  generator: z.array(z.number()),
  learningRateScale: z.number(),
  recoveries: count,
  best: z.object({ step: count, bitsPerCharacter: z.number() }).nullable(),
  sinceBest: count,
}) satisfies z.ZodType<TrainingProgress>;

export const kindForm = z.enum(['best', 'last', 'kept']) satisfies z.ZodType<CheckpointKind>;
