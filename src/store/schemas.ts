import { z } from 'zod';
import type { CheckpointKind, TrainingProgress } from '../train/events.ts';

/** The forms of what other rooms hand over and the store keeps as JSON. */
const count = z.int().nonnegative();

export const progressSchema = z.object({
  step: count,
  evaluated: count,
  place: z.object({ pass: count, offset: count, window: count }),
  generator: z.array(z.number()),
  learningRateScale: z.number(),
  recoveries: count,
  best: z.object({ step: count, bitsPerCharacter: z.number() }).nullable(),
  sinceBest: count,
}) satisfies z.ZodType<TrainingProgress>;

export const kindSchema = z.enum(['best', 'last', 'kept']) satisfies z.ZodType<CheckpointKind>;
