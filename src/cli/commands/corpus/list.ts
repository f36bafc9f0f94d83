import { bookNamed, books } from '../../../../data/books.ts';
import { type CorpusInfo, listCorpora } from '../../../store/corpora.ts';
import type { Store } from '../../../store/database.ts';
import { countCharacters } from '../../../text/characters.ts';
import { defineCommand, flag } from '../../define-command.ts';
import { count } from '../../format.ts';
import { withStoreToRead } from '../../store.ts';
import { table } from '../../table.ts';

/** A text that there is, or that could be fetched. */
interface Listed extends Pick<CorpusInfo, 'name' | 'title' | 'passageKind'> {
  readonly from: 'included' | 'fetched' | 'added' | 'to be fetched';
  /** Null of a text that is not here yet. */
  readonly characters: number | null;
  /** Where a stored one came from, and the SHA-256 of the bytes that came. */
  readonly source?: string;
  readonly sha256?: string;
}

export const list = defineCommand({
  arguments: {},
  options: { json: flag('print them as a JSON array') },
  run: (cli, { json }) =>
    withStoreToRead(cli, async (store) => {
      const { terminal } = cli;
      const listed = await listAll(store);
      if (json) {
        terminal.json(listed);
        return;
      }
      const columns = [
        { title: 'NAME' },
        { title: 'TITLE', gives: true },
        { title: 'CHARACTERS', right: true },
        { title: 'FROM' },
      ] as const;
      const rows = listed.map(({ name, title, characters, from }) => [
        name,
        title,
        characters === null ? '-' : count(characters),
        from,
      ]);
      const [header = '', ...lines] = table(columns, rows, terminal.width);
      terminal.print(terminal.styled('bold', header));
      for (const line of lines) terminal.print(line);
    }),
});

async function listAll(store: Store): Promise<Listed[]> {
  const stored = listCorpora(store);
  const known = await Promise.all(
    books
      .filter(({ name }) => !stored.some((each) => each.name === name))
      .map(async (book): Promise<Listed> => {
        const { name, titles, passage, origin } = book;
        const card = { name, title: titles.en, passageKind: passage.kind };
        if (origin !== 'included') return { ...card, from: 'to be fetched', characters: null };
        const { text } = await book.corpus();
        return { ...card, from: 'included', characters: countCharacters(text) };
      }),
  );
  const kept = stored.map((each): Listed => {
    const { added: _, ...info } = each;
    return { ...info, from: bookNamed(each.name) ? 'fetched' : 'added' };
  });
  return [...known, ...kept];
}
