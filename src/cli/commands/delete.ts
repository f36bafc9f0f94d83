import type { Store } from '../../store/database.ts';
import { StoreFull } from '../../store/failures.ts';
import { deleteRun } from '../../store/run-lifecycle.ts';
import { getRun } from '../../store/runs.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { counted } from '../format.ts';
import { isSure } from '../is-sure.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore, withStoreToRead } from '../store.ts';

export const deleteCommand = defineCommand({
  arguments: { run: argument(runAbout, runChoice) },
  options: { yes: flag('do not ask', 'y'), json: flag('print what was deleted as JSON') },
  run: async (cli, { run: choice, yes, json }) => {
    const { terminal } = cli;
    const {
      id: run,
      corpus,
      steps,
    } = await withStoreToRead(cli, async (store) =>
      getRun(store, runIdOf(store, choice), cli.now()),
    );
    const what = `run ${run} (${corpus}, ${counted(steps, 'step')})`;
    if (!yes && !(await isSure(`Delete ${what} and its checkpoints?`))) {
      terminal.note('Nothing was deleted.');
      return;
    }
    const remove = async (store: Store) => deleteRun(store, run, cli.now());
    try {
      await withStore(cli, remove);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      await withStore(cli, remove, { withoutRoom: true });
    }
    if (json) terminal.json({ run, corpus, steps });
    else terminal.print(`Deleted ${what}.`);
  },
});
