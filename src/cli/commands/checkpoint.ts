import { EscribaError } from '../../errors.ts';
import { listCheckpoints } from '../../store/checkpoints.ts';
import type { Store } from '../../store/database.ts';
import { askTraining } from '../ask-training.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count } from '../format.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const checkpoint = defineCommand({
  arguments: { run: argument(runAbout, runChoice) },
  options: { json: flag('print the checkpoint as JSON') },
  run: (cli, { run: choice, json }) =>
    withStore(cli, async (store) => {
      const id = runIdOf(store, choice);
      const { terminal } = cli;
      const before = newestKept(store, id);
      const isKept = () => newestKept(store, id)?.id !== before?.id;
      const { state } = await askTraining(cli, store, id, { command: 'checkpoint' }, isKept);
      const kept = newestKept(store, id);
      if (!kept || !isKept()) {
        throw new EscribaError(
          `Run ${id} is ${state}; it ended before it saved a checkpoint.`,
          `See \`escriba show ${id}\` for those it has.`,
        );
      }
      if (json) terminal.json(kept);
      else terminal.print(`Run ${id}: saved the checkpoint of step ${count(kept.step)}.`);
    }),
});

function newestKept(store: Store, run: number) {
  return listCheckpoints(store, run)
    .filter(({ kind }) => kind === 'kept')
    .toSorted((one, other) => other.id - one.id)[0];
}
