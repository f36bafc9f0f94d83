import { setTimeout as wait } from 'node:timers/promises';
import { EscribaError } from '../errors.ts';
import { sendCommand, type TrainingCommand } from '../store/commands.ts';
import type { Store } from '../store/database.ts';
import { getRun, isUnderWay, type Run } from '../store/runs.ts';
import type { Cli } from './define-command.ts';

/** A step of the largest network takes half a minute, an evaluation more. In milliseconds. */
const longest = 120_000;
const worthSaying = 1000;
const lookEvery = 100;

/**
 * Asks something of a training and waits until it was done, or the training has ended.
 * @throws EscribaError where no process trains the run, or it does not answer
 */
export async function askTraining(
  { terminal, now, monotonic }: Cli,
  store: Store,
  id: number,
  command: TrainingCommand,
  isDone: (run: Run) => boolean,
): Promise<Run> {
  const asked = monotonic();
  sendCommand(store, id, command, now());
  for (;;) {
    const run = getRun(store, id, now());
    if (isDone(run) || !isUnderWay(run)) {
      terminal.endLive();
      return run;
    }
    const waited = monotonic() - asked;
    if (waited > longest) {
      throw new EscribaError(
        `Run ${id} was told to ${command.command} ${longest / 1000} seconds ago and has not done so.`,
        'Its step may take longer still: see `escriba runs` later.',
      );
    }
    if (waited > worthSaying) terminal.live(`Waiting for run ${id} to finish its step ...`);
    await wait(lookEvery);
  }
}
