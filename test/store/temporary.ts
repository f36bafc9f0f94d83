import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { processesHere } from '../../src/store/processes.ts';

/** A directory that goes when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'escriba-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A store that is closed when the test ends; a fresh one unless told which. Its process has always been there. */
export function temporaryStore(
  options: StoreOptions = {},
  path: string = join(temporaryDirectory(), 'escriba.db'),
): Store {
  const processes = { ...processesHere, began: 0 };
  const store = openStore(path, { processes, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** Does to a store's file what only another program, or an accident, would. */
export function meddle(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}
