import type { Store } from '../../src/store/database.ts';
import { listHeartbeats } from '../../src/store/heartbeats.ts';
import { getRun, type Run, runOfHeartbeat } from '../../src/store/runs.ts';

/** The processes that train now, and the run of each. */
export function liveTrainings(
  store: Store,
  now: number,
): { readonly pid: number; readonly run: number }[] {
  return listHeartbeats(store, now).flatMap(({ name, pid, alive }) => {
    const run = runOfHeartbeat(name);
    return alive && run !== undefined ? [{ pid, run }] : [];
  });
}

/** The runs that a process trains now, the newest first. */
export function liveRuns(store: Store, now: number): Run[] {
  return liveTrainings(store, now)
    .map(({ run }) => getRun(store, run, now))
    .sort((a, b) => b.id - a.id);
}
