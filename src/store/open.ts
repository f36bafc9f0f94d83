import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { EscribaError } from '../errors.ts';
import { Store } from './database.ts';
import { explain, StoreBusy } from './failures.ts';
import { migrate, versionOf } from './migrate.ts';
import { type Processes, processesHere } from './processes.ts';

export interface StoreOptions {
  /** For those who only watch: nothing is written, and the file must be there. */
  readonly readonly?: boolean;
  /** Milliseconds to wait for a process that is writing, then `StoreBusy`; 10,000 unless told. */
  readonly busyTimeout?: number;
  readonly processes?: Processes;
}

/** Of the file that each process keeps for itself, for as long as a dashboard is open; the system keeps it once for all. */
const cacheBytes = 4 * 1024 * 1024;

/** The write-ahead log is cut back to this after a checkpoint of a large network has gone through it. */
const logBytes = 16 * 1024 * 1024;

/**
 * Opens the store, makes it where there is none, and brings an older one up to date.
 * Any number of processes may have it open and write to it.
 * @throws EscribaError where the file cannot be made, opened or written, is no store, or is a newer one
 */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const { readonly = false, busyTimeout = 10_000, processes = processesHere } = options;
  if (readonly) mustExist(path);
  else makeDirectory(path);
  try {
    const database = new Database(path, { readonly, timeout: busyTimeout });
    try {
      // Looked at before anything is written: another program's file is left as it is.
      versionOf(database, path);
      if (!readonly) keepWriteAheadLog(database, path);
      database.pragma('foreign_keys = ON');
      database.pragma(`cache_size = -${cacheBytes / 1024}`);
      migrate(database, path);
    } catch (error) {
      database.close();
      throw error;
    }
    return new Store(database, path, processes);
  } catch (error) {
    throw explain(error, path);
  }
}

function mustExist(path: string): void {
  if (existsSync(path)) return;
  throw new EscribaError(
    `There is no store at ${path} yet.`,
    'Start a training with `escriba train bible`, or name another file in ESCRIBA_DB.',
  );
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    throw new EscribaError(
      `The directory ${dirname(path)} for the store cannot be made.`,
      'Make it yourself, or name a file in another place in ESCRIBA_DB.',
      { cause },
    );
  }
}

/**
 * Readers and a writer do not wait for each other in this mode. `NORMAL` waits for the disk at its
 * checkpoints only: what is committed outlives the process, and a power cut leaves the file sound.
 */
function keepWriteAheadLog(database: Database.Database, path: string): void {
  // Of use only before anything is written to a new file: deleting can then make it smaller.
  database.pragma('auto_vacuum = INCREMENTAL');
  // SQLite does not wait where two processes switch a new file to this mode at once.
  for (let tries = 100; ; tries--) {
    try {
      database.pragma('journal_mode = WAL');
      break;
    } catch (error) {
      if (tries === 0 || !(explain(error, path) instanceof StoreBusy)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
  database.pragma('synchronous = NORMAL');
  database.pragma(`journal_size_limit = ${logBytes}`);
}
