import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { engineNames } from '../../src/engine/engine.ts';
import { cellNames } from '../../src/network/cells/cells.ts';

/** A work of training as the bench gives it to the process of a contender, in its one argument. */
const trainingJob = z.object({
  /** A file of token ids, two bytes each. */
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
  device: z.enum(['cpu', 'gpu']).default('cpu'),
  /** Of the torch engine. */
  precision: z.enum(['fp32', 'bf16']).default('fp32'),
});

export async function readIds(file: string): Promise<Int32Array> {
  const { buffer, byteOffset, byteLength } = await readFile(file);
  return Int32Array.from(new Uint16Array(buffer, byteOffset, byteLength / 2));
}

export function readTrainingJob(): z.infer<typeof trainingJob> {
  return trainingJob.parse(JSON.parse(process.argv[2] ?? ''));
}

/** Steps before the measuring begins. */
export const warmUpSteps = 5;
