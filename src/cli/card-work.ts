import { z } from 'zod';
import { networkSchema } from '../network/config.ts';
import { trainingSettingsSchema } from '../train/settings.ts';

const seconds = z.number();

/** What the process that tries a graphics card is to compute there, and for how long. */
export const cardWorkSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('train'),
    network: networkSchema,
    settings: trainingSettingsSchema,
    seconds,
  }),
  z.object({ kind: z.literal('score'), network: networkSchema, seconds }),
  z.object({ kind: z.literal('write'), network: networkSchema, seconds }),
]);
export type CardWork = z.infer<typeof cardWorkSchema>;

/** What it answers. */
export const cardAnswerSchema = z.union([
  z.object({ tokensPerSecond: z.number().nullable() }),
  z.object({ failure: z.string() }),
]);
export type CardAnswer = z.infer<typeof cardAnswerSchema>;
