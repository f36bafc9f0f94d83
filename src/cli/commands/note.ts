import { labelRun, runNoteSchema } from '../../store/labels.ts';
import { argument, defineCommand } from '../define-command.ts';
import { runNumber } from '../forms.ts';
import { withStore } from '../store.ts';

export const note = defineCommand({
  arguments: {
    run: argument('the number of the run', runNumber),
    note: argument(
      'what to remember of it; without it, the note is deleted',
      runNoteSchema.optional(),
    ),
  },
  options: {},
  run: (cli, { run, note: text = null }) =>
    withStore(cli, async (store) => {
      labelRun(store, run, { note: text });
      cli.terminal.print(text ? `Noted with run ${run}.` : `Run ${run} has no note.`);
    }),
});
