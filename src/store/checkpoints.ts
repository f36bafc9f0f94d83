import { z } from 'zod';
import { EscribaError } from '../errors.ts';
import type { NamedArrays } from '../network/config.ts';
import type { CheckpointEvent, CheckpointKind, TrainingState } from '../train/events.ts';
import type { Store } from './database.ts';
import { beat } from './heartbeats.ts';
import { json, parseRow } from './rows.ts';
import type { RunLease } from './run-lifecycle.ts';
import { kindSchema, progressSchema } from './schemas.ts';
import { readTensors, writeTensors } from './tensors.ts';

/** A checkpoint without its arrays. */
export interface Checkpoint {
  readonly id: number;
  readonly run: number;
  readonly step: number;
  readonly kind: CheckpointKind;
  /** The validation figure of its weights, where it was measured. */
  readonly bitsPerCharacter: number | null;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Whether a run can be resumed from it. */
  readonly resumable: boolean;
}

export const checkpointSchema = z.object({
  id: z.int(),
  run: z.int(),
  step: z.int(),
  kind: kindSchema,
  bitsPerCharacter: z.number().nullable(),
  created: z.int(),
  resumable: z.int().transform(Boolean),
});

const columns = 'id, run, step, kind, bitsPerCharacter, created, progress IS NOT NULL AS resumable';

/**
 * Writes a checkpoint whole, or not at all; a new best or last one takes the place of the run's older one.
 * @returns its id
 */
export function writeCheckpoint(
  store: Store,
  lease: RunLease,
  checkpoint: Omit<CheckpointEvent, 'type'>,
  now: number,
): number {
  const { step, kind, weights, state, bitsPerCharacter = null } = checkpoint;
  const { run } = lease;
  return store.transaction(() => {
    beat(store, lease, now);
    // The old one goes first, so that the new one finds its pages free and the file does not grow.
    if (kind !== 'kept') {
      store.write('DELETE FROM checkpoints WHERE run = @run AND kind = @kind', { run, kind });
    }
    const { id } = store.write(
      `INSERT INTO checkpoints (run, step, kind, bitsPerCharacter, created, progress)
       VALUES (@run, @step, @kind, @bitsPerCharacter, @now, @progress)`,
      {
        run,
        step,
        kind,
        bitsPerCharacter,
        now,
        progress: state ? JSON.stringify(state.progress) : null,
      },
    );
    writeTensors(store, id, 'weights', weights);
    if (state) writeTensors(store, id, 'state', state.arrays);
    return id;
  });
}

/** The checkpoints of a run, those of the latest step first. */
export function listCheckpoints(store: Store, run: number): Checkpoint[] {
  return store
    .rows(`SELECT ${columns} FROM checkpoints WHERE run = @run ORDER BY step DESC, id DESC`, {
      run,
    })
    .map((row) => parseRow(checkpointSchema, row, `A checkpoint of run ${run}`));
}

/** The weights that a checkpoint serves. @throws EscribaError where it is gone or damaged */
export function readWeights(store: Store, checkpoint: number): NamedArrays {
  return store.snapshot(() => {
    mustBeThere(store, checkpoint);
    return readTensors(store, checkpoint, 'weights');
  });
}

/** The state to resume a run from. @throws EscribaError if the checkpoint is gone, damaged or has weights only */
export function readState(store: Store, checkpoint: number): TrainingState {
  return store.snapshot(() => {
    const row = mustBeThere(store, checkpoint);
    const { progress } = parseRow(stateSchema, row, `Checkpoint ${checkpoint}`);
    if (progress === null) {
      throw new EscribaError(
        `Checkpoint ${checkpoint} holds only weights, so training cannot resume from it.`,
        'Start a new run with its weights: `escriba train CORPUS --from RUN`.',
      );
    }
    return { progress, arrays: readTensors(store, checkpoint, 'state') };
  });
}

const stateSchema = z.object({ progress: json(progressSchema).nullable() });

function mustBeThere(store: Store, checkpoint: number): unknown {
  const row = store.row('SELECT progress FROM checkpoints WHERE id = @checkpoint', { checkpoint });
  if (row !== undefined) return row;
  throw new EscribaError(
    `Checkpoint ${checkpoint} is no longer in the store.`,
    'A newer one replaced it, or its run was deleted: use the current one.',
  );
}
