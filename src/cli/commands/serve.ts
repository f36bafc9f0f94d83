import { z } from 'zod';
import { servingWords } from '../../run/serving-words.ts';
import type { Store } from '../../store/database.ts';
import { chooseServing, listServing, servingVerdict } from '../../store/serving.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { isRunChoice, runNamed } from '../run-choice.ts';
import { withStore, withStoreToRead } from '../store.ts';

export const serve = defineCommand({
  arguments: {
    network: argument(
      'the number of a run, to make it the active one of its text; or a text, to show its active run',
      z.string().optional(),
    ),
  },
  options: {
    auto: flag(
      'go back to the automatic choice: the newest run that is no worse than the one before',
    ),
    json: flag('print the active run of each text as JSON'),
  },
  run: (cli, { network: choice, auto, json }) => {
    const isChoice = auto || (choice !== undefined && isRunChoice(choice));
    return (isChoice ? withStore : withStoreToRead)(cli, async (store) => {
      const corpus = choice === undefined ? undefined : choose(store, choice, auto);
      const serving = listServing(store).filter((each) => !corpus || each.corpus === corpus);
      if (json) cli.terminal.json(serving);
      for (const { checkpoint } of json ? [] : serving) {
        cli.terminal.print(servingWords(servingVerdict(store, checkpoint.run)));
      }
    });
  },
});

/** @returns the text that it is about. @throws BadInput where nothing serves it, or the run cannot */
function choose(store: Store, choice: string, auto: boolean): string {
  const run = runNamed(store, choice);
  const { corpus } = servingVerdict(store, run);
  if (auto) chooseServing(store, corpus, 'auto');
  else if (isRunChoice(choice)) chooseServing(store, corpus, run);
  return corpus;
}
