import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { networkSchema } from '../../../src/network/config.ts';
import { usualThreads } from '../../../src/run/usual-threads.ts';
import { limits } from '../../../src/train/limits.ts';
import { type Output, readOutput } from '../../processes/read-output.ts';
import { lanesOf, type Wish } from './wish.ts';

/** What a network trains like on this machine. */
export interface Measured {
  readonly parameters: number;
  /** V. */
  readonly vocabularySize: number;
  /** Of the training part of the text. */
  readonly characters: number;
  /** As many as the network reads these characters in. */
  readonly tokens: number;
  readonly charsPerSecond: number;
  /** The most bytes that the process took. */
  readonly memory: number;
}

/** What the measuring process writes. */
const measuredSchema = z.union([
  z.object({
    parameters: z.number(),
    vocabularySize: z.number(),
    characters: z.number(),
    tokens: z.number(),
    charsPerSecond: z.number(),
    memory: z.number(),
  }) satisfies z.ZodType<Measured>,
  z.object({ failure: z.string() }),
]);

/** How a measurement ended. */
export type Ended =
  | { readonly state: 'measured'; readonly measured: Measured }
  | { readonly state: 'failed'; readonly failure: string };

/** What the measuring process is told. */
export const measuringForm = z.object({
  corpus: z.string(),
  ...networkSchema.unwrap().omit({ vocabularySize: true }).shape,
  batch: limits.batch,
  unroll: limits.unroll,
  /** Null where they follow from how often the text is read: from so many passes on. */
  dropout: limits.dropout.nullable(),
  recurrentDropout: limits.recurrentDropout.nullable(),
  passes: z.number(),
  heldOut: z.enum(['units', 'none']),
  /** Null where it is chosen for a person. */
  tokenizer: z.enum(['char', 'bpe']).nullable(),
  vocabularySize: limits.vocabularySize.nullable(),
  from: z.int().nullable(),
  threads: limits.threads,
  device: z.enum(['cpu', 'gpu']),
});

const program = fileURLToPath(
  new URL(`./measure-process${extname(import.meta.url)}`, import.meta.url),
);

/**
 * The part of a wish that its speed depends on, as one text.
 * @param passes from how many passes on it is trained as it will be, where the dropout is chosen for it
 */
export function measuringOf(wish: Wish, passes: number): string {
  const { corpus, cell, hidden, layers, embedding, unroll, from } = wish;
  const batch = lanesOf(wish);
  const { recurrentDropout, heldOut, tokenizer, vocabularySize } = wish;
  const measuring: z.infer<typeof measuringForm> = {
    ...{ corpus, cell, hidden, layers, embedding, batch, unroll, from, recurrentDropout, heldOut },
    ...(from === null ? { tokenizer, vocabularySize } : { tokenizer: null, vocabularySize: null }),
    dropout: wish.dropout,
    passes,
    threads: wish.threads ?? usualThreads,
    // The faster one is no slower than the processor.
    device: wish.device === 'gpu' ? 'gpu' : 'cpu',
  };
  return JSON.stringify(measuring);
}

/** Measures in a process of its own. @returns what ends it early */
export function measure(
  measuring: string,
  store: string,
  onEnd: (outcome: Ended) => void,
): () => void {
  const child: ChildProcess = spawn(process.execPath, [program, store, measuring], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let isWanted = true;
  readOutput(child, (output) => {
    if (isWanted) onEnd(measurementOf(output));
  });
  return () => {
    isWanted = false;
    child.kill();
  };
}

function measurementOf(output: Output): Ended {
  if ('error' in output) return { state: 'failed', failure: output.error.message };
  const { code, stdout, stderr } = output;
  if (code !== 0) {
    const failure = stderr.trim().split('\n').at(-1) || `exit code ${code}`;
    return { state: 'failed', failure };
  }
  const found = measuredSchema.parse(JSON.parse(stdout));
  if ('failure' in found) return { state: 'failed', failure: found.failure };
  return { state: 'measured', measured: found };
}
