import { createInterface } from 'node:readline';
import { BadInput } from '../../errors.ts';
import { deleteRun } from '../../store/run-lifecycle.ts';
import { getRun } from '../../store/runs.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { count } from '../format.ts';
import { runNumber } from '../forms.ts';
import { withStore } from '../store.ts';

export const deleteCommand = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: { yes: flag('do not ask') },
  run: (cli, { run: id, yes }) =>
    withStore(cli, async (store) => {
      const { terminal, now } = cli;
      const { corpus, steps } = getRun(store, id, now());
      const what = `run ${id} (${corpus}, ${count(steps)} steps)`;
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
