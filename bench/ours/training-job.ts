import { z } from 'zod';
import { engineNames } from '../../src/engine/engine.ts';
import { cellNames } from '../../src/network/cells/cells.ts';

/** A work of training as the bench gives it to the process of a contender, in its one argument. */
const trainingJob = z.object({
  /** A file of character ids, a byte each. */
  ids: z.string(),
  vocabulary: z.int(),
  cell: z.enum(cellNames),
  embedding: z.int(),
  hidden: z.int(),
  batch: z.int(),
  unroll: z.int(),
  threads: z.int(),
  /** How long to measure, after the warm-up. */
  seconds: z.number(),
  engine: z.enum(engineNames).default('onnx'),
});

export function readTrainingJob(): z.infer<typeof trainingJob> {
  return trainingJob.parse(JSON.parse(process.argv[2] ?? ''));
}

/** Steps before the measuring begins. */
export const warmUpSteps = 5;
