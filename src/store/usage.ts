import { z } from 'zod';
import type { Store } from './database.ts';
import { beat } from './heartbeats.ts';
import { parseRow } from './rows.ts';
import type { RunLease } from './run-lifecycle.ts';

/** What a training took of the machine up to a step. */
export interface Usage {
  readonly step: number;
  /** Seconds spent training until then. */
  readonly elapsed: number;
  /** Processors that were busy with it on average since the last time: 1.5 is one and a half. */
  readonly processors: number;
  /** Bytes of memory of its process. */
  readonly memory: number;
}

const usageSchema = z.object({
  step: z.int(),
  elapsed: z.number(),
  processors: z.number(),
  memory: z.int(),
}) satisfies z.ZodType<Usage>;

/** Writes what a training takes; of a step that has a row, the newer one stays. */
export function recordUsage(store: Store, lease: RunLease, usage: Usage, now: number): void {
  store.transaction(() => {
    beat(store, lease, now);
    store.write(
      'INSERT OR REPLACE INTO usage VALUES (@run, @step, @elapsed, @processors, @memory)',
      {
        run: lease.run,
        ...usage,
      },
    );
  });
}

/** A run's usage, in the order of its steps. @param limit only this many of the newest @default all */
export function listUsage(store: Store, run: number, limit = -1): Usage[] {
  return store
    .rows(
      `SELECT * FROM (
         SELECT step, elapsed, processors, memory FROM usage
         WHERE run = @run ORDER BY step DESC LIMIT @limit)
       ORDER BY step`,
      { run, limit },
    )
    .map((row) => parseRow(usageSchema, row, `What run ${run} takes`));
}
