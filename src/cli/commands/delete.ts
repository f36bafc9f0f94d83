import { createInterface } from 'node:readline/promises';
import { BadInput } from '../../errors.ts';
import { deleteRun } from '../../store/run-lifecycle.ts';
import { getRun } from '../../store/runs.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count, describeNetwork } from '../format.ts';
import { runNumber } from '../forms.ts';
import { withStore } from '../store.ts';

export const deleteCommand = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: { yes: flag('do not ask') },
  run: (cli, { run: id, yes }) =>
    withStore(cli, async (store) => {
      const { terminal, now } = cli;
      const { corpus, network, steps } = getRun(store, id, now());
      const what = `run ${id} (${corpus}, ${describeNetwork(network)}, ${count(steps)} steps)`;
      if (!yes && !(await isSure(`Delete ${what} and its checkpoints? [y/N] `))) {
        terminal.note('Nothing was deleted.');
        return;
      }
      deleteRun(store, id, now());
      terminal.print(`Deleted ${what}.`);
    }),
});

/** @throws BadInput where there is nobody to ask */
async function isSure(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new BadInput(
      'Deleting a run asks first, and there is no terminal to ask on.',
      'Say --yes.',
    );
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(question)).trim());
  } finally {
    asking.close();
  }
}
