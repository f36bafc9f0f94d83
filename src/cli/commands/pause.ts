import type { Run } from '../../store/runs.ts';
import { askTraining } from '../ask-training.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count } from '../format.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const pause = defineCommand({
  arguments: { run: argument(runAbout, runChoice) },
  options: { json: flag('print its state as JSON') },
  run: (cli, { run: choice, json }) =>
    withStore(cli, async (store) => {
      const id = runIdOf(store, choice);
      const { terminal } = cli;
      const isPaused = (each: Pick<Run, 'state'>) => each.state === 'paused';
      const run = await askTraining(cli, store, id, { command: 'pause' }, isPaused);
      const { state, steps } = run;
      if (json) terminal.json({ id, state, steps });
      else {
        const further = isPaused(run) ? ` Its process waits for \`escriba resume ${id}\`.` : '';
        terminal.print(`Run ${id} is ${state} at step ${count(steps)}.${further}`);
      }
    }),
});
