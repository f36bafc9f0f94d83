import { z } from 'zod';
import { bookNamed } from '../../../../data/books.ts';
import { BadInput } from '../../../errors.ts';
import { noSuchCorpus } from '../../../run/corpora.ts';
import { listCorpora, removeCorpus } from '../../../store/corpora.ts';
import type { Store } from '../../../store/database.ts';
import { argument, defineCommand, flag } from '../../define-command.ts';
import { isSure } from '../../is-sure.ts';
import { withStore, withStoreToRead } from '../../store.ts';

export const remove = defineCommand({
  arguments: { corpus: argument('the name of the text', z.string()) },
  options: {
    yes: flag('do not ask', 'y'),
    json: flag('print the runs that learned from it as JSON'),
  },
  run: async (cli, { corpus: name, yes, json }) => {
    const { terminal } = cli;
    await withStoreToRead(cli, async (store) => checkRemovable(store, name));
    if (!yes && !(await isSure(`Remove the text ${name}?`))) {
      terminal.note('Nothing was removed.');
      return;
    }
    const runs = await withStore(cli, async (store) => removeCorpus(store, name));
    if (json) {
      terminal.json({ name, runs });
      return;
    }
    terminal.print(`Removed the text ${name}.`);
    if (runs.length === 0) return;
    terminal.print(
      `Runs that learned it can still write, but not be resumed or evaluated without it: ${runs.join(', ')}.`,
    );
  },
});

function checkRemovable(store: Store, name: string): void {
  if (listCorpora(store).some((each) => each.name === name)) return;
  const book = bookNamed(name);
  if (!book) throw noSuchCorpus(store, name);
  throw new BadInput(
    book.origin === 'included'
      ? `${book.titles.en} is part of the program and cannot be removed.`
      : `${book.titles.en} has not been fetched, so there is nothing to remove.`,
    'See `escriba corpus list` for the texts of your own.',
  );
}
