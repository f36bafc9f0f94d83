import { labelRun } from '../../store/labels.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { runNumber } from '../forms.ts';
import { withStore } from '../store.ts';

export const pin = defineCommand({
  arguments: { run: argument('the number of the run', runNumber) },
  options: { off: flag('list it by its number again') },
  run: (cli, { run, off }) =>
    withStore(cli, async (store) => {
      labelRun(store, run, { pinned: !off });
      cli.terminal.print(`Run ${run} is ${off ? 'no longer ' : ''}pinned.`);
    }),
});
