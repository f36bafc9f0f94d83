import { EscribaError } from '../../errors.ts';
import { isUnderWay, type Run } from '../../store/runs.ts';
import { askTraining } from '../ask-training.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count } from '../format.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const stop = defineCommand({
  arguments: { run: argument(runAbout, runChoice) },
  options: { json: flag('print how it ended as JSON') },
  run: (cli, { run: choice, json }) =>
    withStore(cli, async (store) => {
      const id = runIdOf(store, choice);
      const { terminal } = cli;
      const goOn = `Resume it with \`escriba resume ${id}\`.`;
      const ended = (run: Run) => !isUnderWay(run);
      const run = await askTraining(cli, store, id, { command: 'stop' }, ended);
      const { state, steps, reason } = run;
      if (json) terminal.json({ id, state, steps });
      if (state === 'failed' || state === 'died') {
        throw new EscribaError(
          `Run ${id} ${state} at step ${count(steps)}${reason === null ? '' : `: ${reason}`}.`,
          goOn,
        );
      }
      if (json) return;
      const further = state === 'finished' ? '' : ` ${goOn}`;
      terminal.print(`Run ${id} is ${state} at step ${count(steps)}.${further}`);
    }),
});
