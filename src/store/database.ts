import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { EscribaError } from '../errors.ts';
import { explain, StoreFull } from './failures.ts';
import type { Processes } from './processes.ts';

type SqlValue = string | number | Uint8Array | null;
export type SqlValues = Readonly<Record<string, SqlValue>>;

/** Free pages taken off the file in one transaction: 16 MB, so that other processes get their turn. */
const pagesAtOnce = 4096;

/**
 * An open store. Each statement is prepared once; each failure that a person can mend comes as an
 * `EscribaError`, a `StoreBusy` among them. What the tables hold is read and written by the functions
 * of the files beside this one.
 */
export class Store {
  readonly path: string;
  readonly processes: Processes;
  readonly #database: Database.Database;
  /** Of the file as it was opened; none for a store in memory. */
  readonly #inode: bigint | undefined;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database, path: string, processes: Processes) {
    this.#database = database;
    this.path = path;
    this.processes = processes;
    this.#inode = inodeOf(path);
  }

  /** The first row, or undefined. */
  row(sql: string, values: SqlValues = {}): unknown {
    return this.#explained(() => this.#statement(sql).get(values));
  }

  rows(sql: string, values: SqlValues = {}): unknown[] {
    return this.#explained(() => this.#statement(sql).all(values));
  }

  /** Writes; gives the number of rows changed, and the number of the row if one was added. */
  write(sql: string, values: SqlValues = {}): { readonly changes: number; readonly id: number } {
    return this.#explained(() => {
      const { changes, lastInsertRowid } = this.#statement(sql).run(values);
      return { changes, id: Number(lastInsertRowid) };
    });
  }

  /**
   * All of the work is written, or none of it. Transactions nest.
   * It takes the write lock at its start: one that began by reading could not wait for it later.
   */
  transaction<T>(work: () => T): T {
    return this.#explained(() => this.#database.transaction(work).immediate());
  }

  /** Reads that all see the store as it is at the first of them. */
  snapshot<T>(work: () => T): T {
    return this.#explained(() => this.#database.transaction(work).deferred());
  }

  /** A number that changes when another connection has written anything: cheap to ask for. */
  dataVersion(): number {
    return this.#explained(() => Number(this.#database.pragma('data_version', { simple: true })));
  }

  /**
   * Gives the space of what was deleted back to the disk, as far as no other process still reads it, in steps that find
   * room on the disk. What cannot be given back stays in the file, for what is written next.
   */
  giveBackSpace(): void {
    let pages = pagesAtOnce;
    for (let before = Number.POSITIVE_INFINITY; pages >= 1; ) {
      try {
        const left = this.#freePages();
        if (left > 0 && left < before) {
          this.#explained(() => this.#database.pragma(`incremental_vacuum(${pages})`));
        }
        this.#explained(() => this.#database.pragma('wal_checkpoint(TRUNCATE)'));
        if (left === 0 || left >= before) return;
        before = left;
      } catch (error) {
        if (!(error instanceof StoreFull)) throw error;
        pages = Math.floor(pages / 4);
      }
    }
  }

  #freePages(): number {
    return this.#explained(() => Number(this.#database.pragma('freelist_count', { simple: true })));
  }

  /** @throws EscribaError where the file was deleted or another one is in its place: what is written would be lost */
  mustBeInPlace(): void {
    const now = inodeOf(this.path);
    if (this.#inode === undefined || now === this.#inode) return;
    throw new EscribaError(
      `The store ${this.path} was ${now === undefined ? 'deleted' : 'replaced by another file'} while it was in use: nothing more can be saved in it.`,
      'Put it back or start again; if it is on a removable drive, make sure the drive is connected.',
    );
  }

  close(): void {
    this.#database.close();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #explained<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explain(error, this.path);
    }
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
