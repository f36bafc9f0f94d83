import { z } from 'zod';
import type { Store } from './database.ts';
import { beat } from './heartbeats.ts';
import { parseRow } from './rows.ts';
import type { RunLease } from './run-lifecycle.ts';

/** A text drawn from a network in training. */
export interface Sample {
  /** Grows from sample to sample. */
  readonly id: number;
  readonly step: number;
  readonly seed: string;
  readonly text: string;
  readonly temperature: number;
  /** The latest validation figure at that step, where there was one. */
  readonly bitsPerCharacter: number | null;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** Checks a sample as the store holds it; a model's file holds some of its fields. */
export const sampleSchema = z.object({
  id: z.int(),
  step: z.int().nonnegative(),
  seed: z.string(),
  text: z.string(),
  temperature: z.number(),
  bitsPerCharacter: z.number().nullable(),
  created: z.int(),
});

/** Writes a text down, with the latest validation figure of the run beside it. */
export function recordSample(
  store: Store,
  lease: RunLease,
  sample: Omit<Sample, 'id' | 'bitsPerCharacter' | 'created'>,
  now: number,
): void {
  const { step, seed, text, temperature } = sample;
  store.transaction(() => {
    beat(store, lease, now);
    store.write(
      `INSERT INTO samples (run, step, seed, text, temperature, created, bitsPerCharacter)
       VALUES (@run, @step, @seed, @text, @temperature, @now, (
         SELECT bitsPerCharacter FROM evaluations
         WHERE run = @run AND step <= @step ORDER BY step DESC LIMIT 1))`,
      { run: lease.run, step, seed, text, temperature, now },
    );
  });
}

/** The newest samples of a run, the newest first. */
export function listSamples(store: Store, run: number, limit: number): Sample[] {
  return store
    .rows(
      `SELECT id, step, seed, text, temperature, bitsPerCharacter, created FROM samples
       WHERE run = @run ORDER BY step DESC, id DESC LIMIT @limit`,
      { run, limit },
    )
    .map((row) => parseRow(sampleSchema, row, `A sample of run ${run}`));
}
