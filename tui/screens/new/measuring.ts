import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { cellNames } from '../../../src/network/cells/cells.ts';
import type { Wish } from './wish.ts';

/** What a network trains like on this machine. */
export interface Measured {
  readonly parameters: number;
  /** Of the training part of the text. */
  readonly characters: number;
  readonly charactersPerSecond: number;
  /** The most bytes that the process took. */
  readonly memory: number;
}

const measuredForm = z.object({
  parameters: z.number(),
  characters: z.number(),
  charactersPerSecond: z.number(),
  memory: z.number(),
}) satisfies z.ZodType<Measured>;

/** How a measurement ended. */
export type Ended =
  | { readonly state: 'measured'; readonly measured: Measured }
  | { readonly state: 'failed'; readonly failure: string };

/** What the measuring process is told. */
export const measuringForm = z.object({
  corpus: z.string(),
  cell: z.enum(cellNames),
  hidden: z.int(),
  layers: z.int(),
  embedding: z.union([z.int(), z.literal('one-hot')]),
  batch: z.int(),
  unroll: z.int(),
  dropout: z.number(),
  from: z.int().nullable(),
  threads: z.int(),
});

const program = fileURLToPath(
  new URL(`./measure-process${extname(import.meta.url)}`, import.meta.url),
);

/** The part of a wish that its speed depends on, as one text. */
export function measuringOf(wish: Wish): string {
  const { corpus, cell, hidden, layers, embedding, batch, unroll, dropout, from } = wish;
  const measuring: z.infer<typeof measuringForm> = {
    ...{ corpus, cell, hidden, layers, embedding, batch, unroll, from },
    dropout: dropout ?? 0,
    threads: availableParallelism(),
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
  let said = '';
  let complained = '';
  let isWanted = true;
  child.stdout?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  child.stderr?.on('data', (data: Buffer) => {
    complained += data.toString();
  });
  const end = (outcome: Ended) => {
    if (isWanted) onEnd(outcome);
  };
  child.once('error', (error) => end({ state: 'failed', failure: error.message }));
  child.once('close', (code) => {
    const failure = /^\w*(?:Error|Input): (.*)$/m.exec(complained)?.[1];
    if (code === 0) end({ state: 'measured', measured: measuredForm.parse(JSON.parse(said)) });
    else end({ state: 'failed', failure: failure ?? `exit code ${code}` });
  });
  return () => {
    isWanted = false;
    child.kill();
  };
}
