import type { Store } from '../../src/store/database.ts';
import { listHeartbeats } from '../../src/store/heartbeats.ts';
import { getRun, heartbeatName, type Run } from '../../src/store/runs.ts';

const prefix = heartbeatName(0).slice(0, -1);

/** The runs that a process trains now, the newest first. */
export function liveRuns(store: Store, now: number): Run[] {
  return listHeartbeats(store, now)
    .filter(({ name, alive }) => alive && name.startsWith(prefix))
    .map(({ name }) => getRun(store, Number(name.slice(prefix.length)), now))
    .sort((a, b) => b.id - a.id);
}
