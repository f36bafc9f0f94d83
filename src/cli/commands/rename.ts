import { labelRun, runNameSchema } from '../../store/labels.ts';
import { argument, defineCommand } from '../define-command.ts';
import { runNumber } from '../forms.ts';
import { withStore } from '../store.ts';

export const rename = defineCommand({
  arguments: {
    run: argument('the number of the run', runNumber),
    name: argument('what to call it; without it, it has no name', runNameSchema.optional()),
  },
  options: {},
  run: (cli, { run, name = null }) =>
    withStore(cli, async (store) => {
      labelRun(store, run, { name });
      cli.terminal.print(name ? `Run ${run} is called "${name}".` : `Run ${run} has no name.`);
    }),
});
