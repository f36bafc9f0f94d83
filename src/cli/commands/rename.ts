import { labelRun, runNameSchema } from '../../store/labels.ts';
import { argument, defineCommand } from '../define-command.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const rename = defineCommand({
  arguments: {
    run: argument(runAbout, runChoice),
    name: argument('its new name; leave it out to remove the name', runNameSchema.optional()),
  },
  options: {},
  run: (cli, { run: choice, name = null }) =>
    withStore(cli, async (store) => {
      const run = runIdOf(store, choice);
      labelRun(store, run, { name });
      cli.terminal.print(name ? `Run ${run} is called "${name}".` : `Run ${run} has no name.`);
    }),
});
