import type Database from 'better-sqlite3';
import { EscribaError } from '../errors.ts';
import { migrations } from './migrations/all.ts';

/** "escr", at its place in the file's header: tells a store from another program's database. */
const applicationId = 0x65736372;

/** A store that has to be brought up to date before it can be read. */
export class OlderStore extends EscribaError {
  override readonly name = 'OlderStore';
}

/**
 * Brings a store to the newest version, in one transaction that only one process at a time can hold.
 * The version is the number of migrations that the file has been through.
 * @throws EscribaError for a newer store, another program's database, or an older store that is only read
 */
export function migrate(
  database: Database.Database,
  path: string,
  steps: readonly string[] = migrations,
): void {
  if (versionOf(database, path, steps.length) === steps.length) return;
  if (database.readonly) {
    throw new OlderStore(
      `The store ${path} was made by an older version of Escriba, and is opened for reading only.`,
      'Run `escriba doctor` once: it brings the store up to date.',
    );
  }
  const bringUpToDate = database.transaction(() => {
    // Asked again: another process may have done it while this one waited.
    const version = versionOf(database, path, steps.length);
    for (const sql of steps.slice(version)) database.exec(sql);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${steps.length}`);
  });
  bringUpToDate.exclusive();
}

/**
 * The version of a store, 0 for an empty file; nothing is written.
 * @throws EscribaError for a newer store, or another program's database
 */
export function versionOf(
  database: Database.Database,
  path: string,
  newest: number = migrations.length,
): number {
  const version = Number(database.pragma('user_version', { simple: true }));
  const ours = database.pragma('application_id', { simple: true }) === applicationId;
  const empty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!ours && !empty) {
    throw new EscribaError(
      `${path} is a database of another program.`,
      'Name another file in ESCRIBA_DB.',
    );
  }
  if (version > newest) {
    throw new EscribaError(
      `The store ${path} was made by a newer version of Escriba (its version is ${version}; this program knows up to ${newest}).`,
      'Update Escriba, or name another file in ESCRIBA_DB.',
    );
  }
  return version;
}
