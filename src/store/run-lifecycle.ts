import { EscribaError } from '../errors.ts';
import type { TrainingSettings } from '../train/settings.ts';
import type { Store } from './database.ts';
import { beat, claimHeartbeat, findHeartbeat, type Lease, releaseHeartbeat } from './heartbeats.ts';
import { getRun, heartbeatName, type Run } from './runs.ts';

/** What is known of a run when it begins. */
export type NewRun = Pick<
  Run,
  'corpus' | 'origin' | 'parent' | 'network' | 'settings' | 'machine' | 'vocabulary' | 'parameters'
> & {
  /** Where it reads subwords, their `tokenizer.json`. */
  readonly tokenizer?: string | null;
  /** The SHA-256 of the text, where it is known. */
  readonly textHash?: string;
  /** The SHA-256 of the validation part, where there is one and it is known. */
  readonly heldOutHash?: string | null;
  /** What a person calls it. */
  readonly name?: string | null;
};

/** The right to train a run: whatever a training writes, it writes under this. */
export interface RunLease extends Lease {
  readonly run: number;
}

/** Begins a run in this process. */
export function createRun(store: Store, run: NewRun, now: number): RunLease {
  return store.transaction(() => {
    const { id } = store.write(
      `INSERT INTO runs (corpus, origin, parent, network, settings, machine, vocabulary,
         parameters, textHash, heldOutHash, name, state, created, updated)
       VALUES (@corpus, @origin, @parent, @network, @settings, @machine, @vocabulary,
         @parameters, @textHash, @heldOutHash, @name, 'running', @now, @now)`,
      {
        corpus: run.corpus,
        origin: run.origin,
        parent: run.parent,
        network: JSON.stringify(run.network),
        settings: run.settings && JSON.stringify(run.settings),
        machine: run.machine && JSON.stringify(run.machine),
        vocabulary: JSON.stringify(run.vocabulary),
        parameters: run.parameters,
        textHash: run.textHash ?? null,
        heldOutHash: run.heldOutHash ?? null,
        name: run.name ?? null,
        now,
      },
    );
    if (run.tokenizer) {
      const { tokenizer } = run;
      store.write('INSERT INTO tokenizers VALUES (@id, @tokenizer)', { id, tokenizer });
    }
    return { run: id, ...claimHeartbeat(store, heartbeatName(id), {}, now) };
  });
}

/**
 * Resumes a run in this process. Commands that its last process left untaken are dropped.
 * @param extended its settings with a larger budget than it had, where it gets one
 * @throws EscribaError where it is finished and gets none, or while another process trains it
 */
export function claimRun(
  store: Store,
  id: number,
  now: number,
  extended?: TrainingSettings,
): RunLease {
  return store.transaction(() => {
    refuseWhileTrained(store, id, now);
    if (!extended && getRun(store, id, now).state === 'finished') {
      throw new EscribaError(
        `Run ${id} is finished.`,
        `Train it further with \`escriba resume ${id} --minutes 10\`, or start a new run from its weights: \`escriba train CORPUS --from ${id}\`.`,
      );
    }
    store.write('DELETE FROM commands WHERE run = @id AND taken IS NULL', { id });
    if (extended) {
      const settings = JSON.stringify(extended);
      store.write('UPDATE runs SET settings = @settings WHERE id = @id', { id, settings });
    }
    store.write(`UPDATE runs SET state = 'running', reason = NULL, updated = @now WHERE id = @id`, {
      id,
      now,
    });
    return { run: id, ...claimHeartbeat(store, heartbeatName(id), {}, now) };
  });
}

/** Records that a training was paused or resumed. */
export function setRunState(
  store: Store,
  lease: RunLease,
  state: 'running' | 'paused',
  now: number,
): void {
  store.transaction(() => {
    beat(store, lease, now);
    store.write('UPDATE runs SET state = @state, updated = @now WHERE id = @run', {
      run: lease.run,
      state,
      now,
    });
  });
}

/** Writes down how a training ended, and gives the run up. */
export function endRun(
  store: Store,
  lease: RunLease,
  end: { readonly state: 'finished' | 'stopped' | 'failed'; readonly reason?: string },
  now: number,
): void {
  store.transaction(() => {
    beat(store, lease, now);
    store.write(
      'UPDATE runs SET state = @state, reason = @reason, updated = @now WHERE id = @run',
      { run: lease.run, state: end.state, reason: end.reason ?? null, now },
    );
    releaseHeartbeat(store, lease);
  });
}

/**
 * Deletes a run and all that belongs to it, and gives its space back to the disk.
 * @throws EscribaError while it is being trained
 */
export function deleteRun(store: Store, id: number, now: number): void {
  store.transaction(() => {
    refuseWhileTrained(store, id, now);
    const { changes } = store.write('DELETE FROM runs WHERE id = @id', { id });
    if (changes === 0) getRun(store, id, now);
    store.write('DELETE FROM heartbeats WHERE name = @name', { name: heartbeatName(id) });
  });
  store.giveBackSpace();
}

function refuseWhileTrained(store: Store, id: number, now: number): void {
  const holder = findHeartbeat(store, heartbeatName(id), now);
  if (!holder?.alive) return;
  throw new EscribaError(
    `Run ${id} is already being trained, by process ${holder.pid} on ${holder.host}.`,
    `Stop it first with \`escriba stop ${id}\`.`,
  );
}
