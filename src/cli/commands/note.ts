import { labelRun, runNoteSchema } from '../../store/labels.ts';
import { argument, defineCommand } from '../define-command.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const note = defineCommand({
  arguments: {
    run: argument(runAbout, runChoice),
    note: argument(
      'the text of the note; leave it out to delete the note',
      runNoteSchema.optional(),
    ),
  },
  options: {},
  run: (cli, { run: choice, note: text = null }) =>
    withStore(cli, async (store) => {
      const run = runIdOf(store, choice);
      labelRun(store, run, { note: text });
      cli.terminal.print(text ? `Added the note to run ${run}.` : `Run ${run} has no note.`);
    }),
});
