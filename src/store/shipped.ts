import { z } from 'zod';
import type { Store } from './database.ts';

/** The files of models that came with the program and were taken in once. */
export function listShipped(store: Store): string[] {
  return store
    .rows('SELECT file FROM shipped ORDER BY file')
    .map((row) => z.object({ file: z.string() }).parse(row).file);
}

/** Writes down that a file's model was taken in. */
export function recordShipped(store: Store, file: string, now: number): void {
  store.write('INSERT INTO shipped VALUES (@file, @now)', { file, now });
}
