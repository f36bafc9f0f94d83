import { z } from 'zod';
import { BadInput } from '../../errors.ts';
import { servingWords } from '../../run/serving-words.ts';
import type { Store } from '../../store/database.ts';
import {
  chooseServing,
  listServing,
  servingCheckpoint,
  servingVerdict,
} from '../../store/serving.ts';
import { argument, defineCommand, flag } from '../define-command.ts';
import { withStore, withStoreToRead } from '../store.ts';

export const serve = defineCommand({
  arguments: {
    choice: argument(
      'the number of the run that is to write for its text; or a text, to see or undo its choice',
      z.string().optional(),
    ),
  },
  options: {
    auto: flag('go back to the automatic choice: the newest run that is no worse'),
    json: flag('write what serves each text as JSON'),
  },
  run: (cli, { choice, auto, json }) => {
    const isChoice = auto || (choice !== undefined && isRun(choice));
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
  const corpus = isRun(choice) ? servingVerdict(store, Number(choice)).corpus : choice;
  if (!isRun(choice) && !servingCheckpoint(store, corpus)) {
    throw new BadInput(
      `No network has learnt "${corpus}" yet.`,
      'Name a run, or a text: `escriba serve` lists what writes for each.',
    );
  }
  if (auto) chooseServing(store, corpus, 'auto');
  else if (isRun(choice)) chooseServing(store, corpus, Number(choice));
  return corpus;
}

function isRun(choice: string): boolean {
  return /^\d{1,15}$/.test(choice);
}
