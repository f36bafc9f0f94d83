import Database from 'better-sqlite3';
import { EscribaError } from '../errors.ts';

/** Another process held the store for longer than this one would wait: the same may be tried again. */
export class StoreBusy extends EscribaError {
  override readonly name = 'StoreBusy';
}

/** The disk has no room for what was to be written. */
export class StoreFull extends EscribaError {
  override readonly name = 'StoreFull';
}

/** A failure of SQLite that a person can mend, told as such; anything else comes back as it is. */
export function explain(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const because = { cause: error };
  if (/^SQLITE_(FULL|IOERR_SHMSIZE)/.test(error.code)) {
    return new StoreFull(
      `The disk is full, so the store ${path} could not save the last write.`,
      'Free some disk space, or delete runs that are no longer needed with `escriba delete RUN`.',
      because,
    );
  }
  if (/^SQLITE_(PROTOCOL|IOERR_\w*LOCK)/.test(error.code)) {
    return new EscribaError(
      `The file system of the store ${path} does not lock files the way SQLite needs (${error.code}); network drives often do not.`,
      'Put the store on a disk of this machine: name a file there in ESCRIBA_DB.',
      because,
    );
  }
  const [kind] = /^SQLITE_[A-Z]+/.exec(error.code) ?? [];
  switch (kind) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new StoreBusy(
        `Another process is writing to the store ${path} and did not finish in time.`,
        'Try again; if that does not help, find the process that has the file open and end it.',
        because,
      );
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
      return new EscribaError(
        `The store ${path} cannot be written to.`,
        'Give yourself write access to the file and its directory, or name another one in ESCRIBA_DB.',
        because,
      );
    case 'SQLITE_CANTOPEN':
      return new EscribaError(
        `The store ${path} cannot be opened.`,
        'Make sure it is a file that you may read and write, in a directory that you may write to, or name another one in ESCRIBA_DB.',
        because,
      );
    case 'SQLITE_NOTADB':
      return new EscribaError(
        `${path} is not a SQLite database.`,
        'Move the file away, or name another one in ESCRIBA_DB.',
        because,
      );
    case 'SQLITE_CORRUPT':
      return new EscribaError(
        `The store ${path} is damaged (${error.message}).`,
        'Restore it from a backup, or save what can be read with `sqlite3 FILE .recover`.',
        because,
      );
    case 'SQLITE_IOERR':
      return new EscribaError(
        `The disk refused to read or write the store ${path} (${error.code}).`,
        'Make sure the disk is connected, healthy and not full, then try again.',
        because,
      );
    default:
      return error;
  }
}
