import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EscribaError } from '../errors.ts';
import type { Store } from './database.ts';
import { json, parseRow } from './rows.ts';

/** What a process reports along with its heartbeat. */
export type Info = Readonly<Record<string, unknown>>;

/** The sign of life of a process under a name that only one process at a time can hold. */
export interface Heartbeat {
  readonly name: string;
  readonly pid: number;
  readonly host: string;
  /** When it last beat. */
  readonly at: number;
  readonly info: Info;
  readonly alive: boolean;
}

/** The right to a name, until another process takes it over. */
export interface Lease {
  readonly name: string;
  readonly token: string;
}

/** Silence after which a process of another host counts as dead, in milliseconds: its pid tells nothing here. */
const silenceElsewhere = 10_000;
/**
 * The same on this host. A pid that is gone tells at once, and a step of the largest network lasts half
 * a minute, so this is only for a process that was stopped, and for a pid given to another since.
 */
const silenceHere = 60_000;

const heartbeatSchema = z.object({
  name: z.string(),
  pid: z.int(),
  host: z.string(),
  at: z.int(),
  info: json(z.record(z.string(), z.unknown())),
});

/** Whether the process behind a heartbeat is still there. */
export function isAlive(
  store: Store,
  beat: { readonly pid: number; readonly host: string; readonly at: number },
  now: number,
): boolean {
  const { processes } = store;
  const silence = now - beat.at;
  // Of a clock that was wrong: who lives beats again within seconds, by the one that is right.
  if (silence < -silenceHere) return false;
  if (beat.host !== processes.host) return silence < silenceElsewhere;
  // A restarted container has the same host name and pid (1) as the process that died in it.
  if (beat.pid === processes.pid && beat.at < processes.began) return false;
  return silence < silenceHere && processes.isAlive(beat.pid);
}

/** Takes a name for this process. @throws EscribaError while the process that holds it is alive */
export function claimHeartbeat(store: Store, name: string, info: Info, now: number): Lease {
  return store.transaction(() => {
    const holder = findHeartbeat(store, name, now);
    if (holder?.alive) {
      throw new EscribaError(
        `The ${name} is already running: process ${holder.pid} on ${holder.host}.`,
        'End that process first.',
      );
    }
    const token = randomUUID();
    const { pid, host } = store.processes;
    store.write(
      `INSERT OR REPLACE INTO heartbeats (name, pid, host, token, at, info)
       VALUES (@name, @pid, @host, @token, @now, @info)`,
      { name, pid, host, token, now, info: JSON.stringify(info) },
    );
    return { name, token };
  });
}

/** Says that this process lives. @throws EscribaError where another has taken over its name */
export function beat(store: Store, lease: Lease, now: number, info?: Info): void {
  const { changes } = store.write(
    `UPDATE heartbeats SET at = @now, info = coalesce(@info, info)
     WHERE name = @name AND token = @token`,
    { name: lease.name, token: lease.token, now, info: info ? JSON.stringify(info) : null },
  );
  if (changes > 0) return;
  throw new EscribaError(
    `The ${lease.name} no longer belongs to this process: another took it over, or it was deleted.`,
    'Leave it to the other process; this one may have been suspended for too long.',
  );
}

/** Gives the name up, where it is still this process's. */
export function releaseHeartbeat(store: Store, lease: Lease): void {
  store.write('DELETE FROM heartbeats WHERE name = @name AND token = @token', {
    name: lease.name,
    token: lease.token,
  });
}

export function findHeartbeat(store: Store, name: string, now: number): Heartbeat | undefined {
  const row = store.row('SELECT name, pid, host, at, info FROM heartbeats WHERE name = @name', {
    name,
  });
  return row === undefined ? undefined : heartbeatOf(store, row, now);
}

/** All that were not given up, by name. */
export function listHeartbeats(store: Store, now: number): Heartbeat[] {
  return store
    .rows('SELECT name, pid, host, at, info FROM heartbeats ORDER BY name')
    .map((row) => heartbeatOf(store, row, now));
}

function heartbeatOf(store: Store, row: unknown, now: number): Heartbeat {
  const heartbeat = parseRow(heartbeatSchema, row, 'A heartbeat');
  return { ...heartbeat, alive: isAlive(store, heartbeat, now) };
}
