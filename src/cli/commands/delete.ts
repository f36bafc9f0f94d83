import { createInterface } from 'node:readline';
import { BadInput } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import { StoreFull } from '../../store/failures.ts';
import { deleteRun } from '../../store/run-lifecycle.ts';
import { getRun } from '../../store/runs.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count } from '../format.ts';
import { runNumber } from '../forms.ts';
import { withStore, withStoreToRead } from '../store.ts';

export const deleteCommand = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: { yes: flag('do not ask') },
  run: async (cli, { run, yes }) => {
    const { terminal } = cli;
    const what = await withStoreToRead(cli, async (store) => {
      const { corpus, steps } = getRun(store, run, cli.now());
      return `run ${run} (${corpus}, ${count(steps)} steps)`;
    });
    if (!yes && !(await isSure(`Delete ${what} and its checkpoints? [y/N] `))) {
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
    terminal.print(`Deleted ${what}.`);
  },
});

/** @throws BadInput where there is nobody to ask */
async function isSure(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new BadInput(
      'Not a terminal, so it cannot ask whether to delete.',
      'Add --yes to delete without asking.',
    );
  }
  const asking = createInterface({
    input: process.stdin,
    output: process.stderr,
    prompt: question,
  });
  asking.prompt();
  let answer: string | undefined;
  // Ctrl-C and Ctrl-D end the lines without one.
  for await (const line of asking) {
    answer = line;
    asking.close();
  }
  if (answer === undefined) process.stderr.write('\n');
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}
