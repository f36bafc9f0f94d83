import { z } from 'zod';
import { EscribaError } from '../errors.ts';
import type { Store } from './database.ts';
import { beat, findHeartbeat } from './heartbeats.ts';
import { json, parseRow } from './rows.ts';
import type { RunLease } from './run-lifecycle.ts';
import { getRun, heartbeatName } from './runs.ts';

/** What can be asked of a training in progress. `checkpoint` and `sample`: now. */
export type TrainingCommand =
  | { readonly command: 'pause' | 'resume' | 'stop' | 'checkpoint' }
  | { readonly command: 'sample'; readonly seed: string };

const commandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.enum(['pause', 'resume', 'stop', 'checkpoint']) }),
  z.object({ command: z.literal('sample'), seed: z.string() }),
]) satisfies z.ZodType<TrainingCommand>;

const rowSchema = z.object({ id: z.int(), command: json(commandSchema) });

/** Asks something of a training. @throws EscribaError where no process trains that run */
export function sendCommand(
  store: Store,
  run: number,
  command: TrainingCommand,
  now: number,
): void {
  store.transaction(() => {
    if (!findHeartbeat(store, heartbeatName(run), now)?.alive) {
      const { state } = getRun(store, run, now);
      throw new EscribaError(
        `Run ${run} is not in training (${state}).`,
        state === 'finished'
          ? `\`escriba resume ${run} --minutes 10\` trains it further.`
          : `\`escriba resume ${run}\` resumes it.`,
      );
    }
    store.write('INSERT INTO commands (run, command, sent) VALUES (@run, @command, @now)', {
      run,
      command: JSON.stringify(command),
      now,
    });
  });
}

/** What was asked of a training since the last call, in the order in which it was asked. */
export function takeCommands(store: Store, lease: RunLease, now: number): TrainingCommand[] {
  const pending = () =>
    store.rows('SELECT id, command FROM commands WHERE run = @run AND taken IS NULL ORDER BY id', {
      run: lease.run,
    });
  // Looked at several times a second, and mostly there are none: no lock is taken for that.
  if (pending().length === 0) return [];
  return store.transaction(() => {
    beat(store, lease, now);
    return pending().map((row) => {
      const { id, command } = parseRow(rowSchema, row, `A command to run ${lease.run}`);
      store.write('UPDATE commands SET taken = @now WHERE id = @id', { id, now });
      return command;
    });
  });
}
