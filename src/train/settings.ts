import { z } from 'zod';

const count = z.int().nonnegative();

/**
 * How a network is trained: with the network's shape, the text and the random seed, all a run follows from. What a
 * person may choose of it is in `limits.ts`.
 */
const settingsSchema = z
  .object({
    /** B: lanes of the text read side by side. */
    batch: count,
    /** T: tokens a lane advances by in a step, and the steps back that the gradient takes. */
    unroll: count,
    /** The budget, in steps; the schedule ends with it. */
    steps: count,
    /** The peak of Adam's learning rate. */
    learningRate: z.number(),
    /** Steps of linear warm-up before the cosine begins. */
    warmUp: count,
    /** What the cosine ends at, as a share of the peak. */
    finalRatio: z.number(),
    /** Decoupled weight decay, a share of a weight per step at learning rate 1. */
    weightDecay: z.number(),
    /** The global norm above which gradients are scaled down to it. */
    clip: z.number(),
    /** The probability that a unit of a layer's output is left out. */
    dropout: z.number(),
    /** The probability that a weight of a layer's recurrent matrices is left out; older runs say nothing of it. */
    recurrentDropout: z.number().default(0),
    /** The probability that a merge of byte-pair encoding is passed over, anew in each pass; older runs say nothing of it. */
    bpeDropout: z.number().default(0),
    /** The decay of the moving average of the weights that evaluation and checkpoints use; 0 keeps none. */
    emaDecay: z.number(),
    /** Evaluations in a row without a better validation figure before the run ends early; 0 is never. */
    patience: count,
    /** Steps between evaluations. */
    evaluateEvery: count,
    randomSeed: z.number(),
    heldOut: z.enum(['units', 'none']),
    /** Whether the run began with the weights of another. A run that did not may leave it out, and older files all do. */
    fromWeights: z.boolean().optional(),
  })
  .readonly();

/** Settings by the names that older runs and files have for them. */
const olderNames: ReadonlyMap<string, string> = new Map([
  ['averaging', 'emaDecay'],
  ['finalShare', 'finalRatio'],
]);

/** What is written of a training's settings, also under older names. */
export const trainingSettingsSchema = z.preprocess(withNewNames, settingsSchema);
/** Settings as checked: each present, under its present name. */
export type TrainingSettings = z.infer<typeof settingsSchema>;

/** What a run computes on. Resumed where any of these differs, its numbers can differ in the last bits. */
export const machineSchema = z
  .object({
    /** Escriba's own; older runs do not say it. */
    version: z.string().optional(),
    engine: z.string(),
    engineVersion: z.string(),
    /** The graphics card that computes; none where the processor does. */
    card: z.string().optional(),
    processor: z.string(),
    threads: count,
    /** How PyTorch computed; other engines do not say it. */
    precision: z.string().optional(),
    /** On each machine. */
    processes: count.optional(),
    /** Machines. */
    nodes: count.optional(),
  })
  .readonly();
export type Machine = z.infer<typeof machineSchema>;

/** Names of settings that this version does not know. */
export function unknownSettings(settings: Readonly<Record<string, unknown>>): string[] {
  const known = settingsSchema.unwrap().shape;
  return Object.keys(settings).filter(
    (name) => !Object.hasOwn(known, name) && !olderNames.has(name),
  );
}

function withNewNames(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return settings;
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [olderNames.get(name) ?? name, value]),
  );
}
