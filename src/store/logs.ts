import { z } from 'zod';
import type { Store } from './database.ts';
import { parseRow } from './rows.ts';

/** A line of a training's log. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly text: string;
}

const logLineSchema = z.object({
  created: z.int(),
  text: z.string(),
}) satisfies z.ZodType<LogLine>;

/** Adds a line to the log of a run. It needs no lease: the last words of a training come after it. */
export function recordLog(store: Store, run: number, text: string, now: number): void {
  store.write('INSERT INTO logs (run, created, text) VALUES (@run, @now, @text)', {
    run,
    now,
    text,
  });
}

/** The newest lines of a run's log, the newest first. What a resumed run took back stays in it. */
export function listLog(store: Store, run: number, limit: number): LogLine[] {
  return store
    .rows('SELECT created, text FROM logs WHERE run = @run ORDER BY id DESC LIMIT @limit', {
      run,
      limit,
    })
    .map((row) => parseRow(logLineSchema, row, `The log of run ${run}`));
}
