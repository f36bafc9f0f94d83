import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { EscribaError } from '../errors.ts';
import { Store } from './database.ts';
import { explain, StoreBusy } from './failures.ts';
import { migrate, versionOf } from './migrate.ts';
import { type Processes, processesHere } from './processes.ts';

/** How a store is opened. */
export interface StoreOptions {
  /** For those who only read: nothing is written, and the file must be there. @default false */
  readonly readonly?: boolean;
  /**
   * For a full disk: the journal is kept in memory, where a power cut in the middle of a write would damage the file, and
   * no other process may have it open. @default false
   */
  readonly withoutRoom?: boolean;
  /** Milliseconds to wait for a process that is writing, then `StoreBusy`. @default 10,000 */
  readonly busyTimeout?: number;
  readonly processes?: Processes;
}

/** Each process's own page cache. Kept small, since the system caches the file anyway and a dashboard stays open for long. */
const cacheBytes = 4 * 1024 * 1024;

/** The write-ahead log is cut back to this after a checkpoint of a large network has gone through it. */
const logBytes = 16 * 1024 * 1024;

/**
 * Opens the store, makes it where there is none, and brings an older one up to date; one that is up to date is opened
 * without writing. Any number of processes may have it open and write to it.
 * @throws EscribaError where the file cannot be made, opened or written, is no store, or is a newer one
 */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const { readonly = false, withoutRoom = false, busyTimeout = 10_000 } = options;
  if (readonly) mustExist(path);
  else makeDirectory(path);
  mustBeFile(path);
  try {
    const prepare = (database: Database.Database) => {
      if (withoutRoom) database.pragma('locking_mode = EXCLUSIVE');
      // Looked at before anything is written: another program's file is left as it is.
      versionOf(database, path);
      if (withoutRoom) database.pragma('journal_mode = MEMORY');
      else if (!readonly) keepWriteAheadLog(database, path);
      database.pragma('foreign_keys = ON');
      database.pragma(`cache_size = -${cacheBytes / 1024}`);
      migrate(database, path);
    };
    const database = readonly
      ? openToRead(path, busyTimeout, prepare)
      : prepared(() => openToWrite(path, busyTimeout), prepare);
    return new Store(database, path, options.processes ?? processesHere);
  } catch (error) {
    throw explain(error, path);
  }
}

/** A new file is for its user alone: what people wrote to the bot is in it. */
function openToWrite(path: string, timeout: number): Database.Database {
  const isNew = !existsSync(path);
  const database = new Database(path, { timeout });
  if (isNew && existsSync(path)) chmodSync(path, 0o600);
  return database;
}

type Prepare = (database: Database.Database) => void;

function prepared(open: () => Database.Database, prepare: Prepare): Database.Database {
  const database = open();
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * To read a database, SQLite creates two small files next to it. Where it cannot (a read-only folder, a full disk), the
 * store is read into memory: nobody can be writing to it there.
 */
function openToRead(path: string, timeout: number, prepare: Prepare): Database.Database {
  try {
    return prepared(() => new Database(path, { readonly: true, timeout }), prepare);
  } catch (error) {
    if (!cannotMakeFiles(error) || logOf(path) > 0) throw error;
    const bytes = readFileSync(path);
    // Bytes 18 and 19 of the header are 2 for a write-ahead log, which does not work in memory, and 1 for a rollback journal.
    bytes.fill(1, 18, 20);
    return prepared(() => new Database(bytes, { readonly: true }), prepare);
  }
}

function cannotMakeFiles(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    /^SQLITE_(CANTOPEN|READONLY|IOERR_SHM|FULL)/.test(error.code)
  );
}

/** Size of the write-ahead log, which may hold what is not in the file yet. */
function logOf(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function mustExist(path: string): void {
  if (existsSync(path)) return;
  throw new EscribaError(
    `There is no store at ${path} yet.`,
    'Start a training with `escriba train bible`, or name another file in ESCRIBA_DB.',
  );
}

function mustBeFile(path: string): void {
  if (!existsSync(path) || !statSync(path).isDirectory()) return;
  throw new EscribaError(
    `The store cannot be ${path}: it is a folder.`,
    `Name a file in ESCRIBA_DB, such as ${join(path, 'escriba.db')}.`,
  );
}

function makeDirectory(path: string): void {
  try {
    // What people wrote to the bot is in it: for its user alone.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new EscribaError(
      `The directory ${dirname(path)} for the store cannot be created.`,
      'Create it yourself, or name another place in ESCRIBA_DB.',
      { cause },
    );
  }
}

/**
 * Readers and a writer do not wait for each other in this mode. `NORMAL` waits for the disk at its
 * checkpoints only: what is committed outlives the process, and a power cut leaves the file sound.
 */
function keepWriteAheadLog(database: Database.Database, path: string): void {
  // Deleting can then make the file smaller. Of use, and written, only before there is anything in it.
  if (database.pragma('page_count', { simple: true }) === 0) {
    database.pragma('auto_vacuum = INCREMENTAL');
  }
  // SQLite does not wait when two processes switch a new file to this mode at the same time.
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
