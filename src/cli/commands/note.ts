import { labelRun, runNoteSchema } from '../../store/labels.ts';
import { argument, defineCommand } from '../define-command.ts';
import { runAbout, runChoice, runIdOf } from '../run-choice.ts';
import { withStore } from '../store.ts';

export const note = defineCommand({
  arguments: {
    run: argument(runAbout, runChoice),
    note: argument(
      'what to remember of it; without it, the note is deleted',
      runNoteSchema.optional(),
    ),
  },
  options: {},
  run: (cli, { run: choice, note: text = null }) =>
    withStore(cli, async (store) => {
      const run = runIdOf(store, choice);
      labelRun(store, run, { note: text });
      cli.terminal.print(text ? `Noted with run ${run}.` : `Run ${run} has no note.`);
    }),
});
