import { z } from 'zod';
import { removeCorpus } from '../../../store/corpora.ts';
import { argument, defineCommand, flag } from '../../define-command.ts';
import { withStore } from '../../store.ts';

export const remove = defineCommand({
  arguments: { name: argument('the name of the text', z.string()) },
  options: { json: flag('write which runs learnt from it as JSON') },
  run: (cli, { name, json }) =>
    withStore(cli, async (store) => {
      const { terminal } = cli;
      const runs = removeCorpus(store, name);
      if (json) {
        terminal.json({ name, runs });
        return;
      }
      terminal.print(`Removed the text ${name}.`);
      if (runs.length === 0) return;
      terminal.print(
        `Runs that learnt from it still write, and cannot be resumed or evaluated without it: ${runs.join(', ')}.`,
      );
    }),
});
