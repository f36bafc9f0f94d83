import { resolve } from 'node:path';
import { z } from 'zod';
import type { DownloadedBook } from '../../../../data/book.ts';
import { bookNamed, books } from '../../../../data/books.ts';
import { bookFromBytes, type FetchProgress, fetchBook } from '../../../../data/fetch-book.ts';
import { readTextFile } from '../../../../data/plain-text.ts';
import { BadInput } from '../../../errors.ts';
import { argument, defineCommand, flag, option } from '../../define-command.ts';
import { count } from '../../format.ts';
import { keepCorpus } from '../../keep-corpus.ts';
import type { Terminal } from '../../terminal.ts';

const downloads = books.filter(({ origin }) => origin === 'download');

export const fetch = defineCommand({
  arguments: {
    name: argument(`the book: ${downloads.map(({ name }) => name).join(', ')}`, z.string()),
  },
  options: {
    file: option('FILE', 'take it from a file that you have', z.string().optional()),
    json: flag('write what was fetched as JSON'),
  },
  run: async (cli, { name, file, json }) => {
    const book = downloadNamed(name);
    const { url, ...obtained } =
      file === undefined
        ? await fetchBook(book, { onProgress: (progress) => showProgress(cli.terminal, progress) })
        : { url: resolve(file), ...bookFromBytes(book, await readTextFile(file)) };
    cli.terminal.endLive();
    await keepCorpus(cli, { ...obtained, source: url }, { replace: false, json });
  },
});

function downloadNamed(name: string): DownloadedBook {
  const book = bookNamed(name);
  if (book?.origin === 'download') return book;
  const known = downloads.map((each) => each.name);
  throw new BadInput(
    book ? `${book.titles.en} comes with the program.` : `There is no book "${name}" to fetch.`,
    book
      ? `Learn it with \`escriba train ${name}\`.`
      : `There is ${known.join(', ')}. Add a text of your own with \`escriba corpus add NAME FILE\`.`,
  );
}

function showProgress(terminal: Terminal, progress: FetchProgress): void {
  switch (progress.type) {
    case 'received': {
      const { url, bytes, total } = progress;
      const of = total === undefined ? '' : ` of ${count(total / 1024)}`;
      terminal.live(`${new URL(url).host}: ${count(bytes / 1024)}${of} KiB`);
      break;
    }
    case 'failed':
      terminal.note(`${new URL(progress.url).host}: ${progress.reason}`);
      break;
    case 'waiting':
      terminal.note(`Trying again in ${progress.milliseconds / 1000} s.`);
      break;
  }
}
