import { labelRun } from '../../store/labels.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const pin = defineCommand({
  arguments: { run: argument(runAbout, runChoice) },
  options: { off: flag('unpin it') },
  run: (cli, { run: choice, off }) =>
    withStore(cli, async (store) => {
      const run = runIdOf(store, choice);
      labelRun(store, run, { pinned: !off });
      cli.terminal.print(`Run ${run} is ${off ? 'no longer ' : ''}pinned.`);
    }),
});
