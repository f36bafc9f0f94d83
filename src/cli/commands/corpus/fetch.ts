import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { CollectedBook, DownloadedBook } from '../../../../data/book.ts';
import { bookNamed, books } from '../../../../data/books.ts';
import { collectBook, fetchParts, readParts } from '../../../../data/collect-book.ts';
import { bookFromBytes, type FetchProgress, fetchBook } from '../../../../data/fetch-book.ts';
import { readTextFile } from '../../../../data/plain-text.ts';
import { BadInput } from '../../../errors.ts';
import { openCorpus } from '../../../run/corpora.ts';
import { splitCorpus } from '../../../text/split.ts';
import { argument, type Cli, defineCommand, flag, option } from '../../define-command.ts';
import { count } from '../../format.ts';
import { keepCorpus } from '../../keep-corpus.ts';
import { withStore } from '../../store.ts';
import type { Terminal } from '../../terminal.ts';

type FetchedBook = CollectedBook | DownloadedBook;

const fetched = books.filter((book) => book.origin !== 'included');
const named = (which: (book: FetchedBook) => boolean) =>
  fetched
    .filter(which)
    .map(({ name }) => name)
    .join(', ');
const isCollected = (book: FetchedBook): book is CollectedBook => book.origin === 'collection';

export const fetch = defineCommand({
  arguments: {
    book: argument(`the book: ${named(() => true)}`, z.string()),
  },
  options: {
    file: option('FILE', 'read it from a file instead', z.string().optional()),
    folder: option(
      'DIR',
      `read it from the files in a folder (${named(isCollected)})`,
      z.string().optional(),
    ),
    withIntroductions: flag(`include the translator's introductions (${named(isCollected)})`),
    replace: flag('replace what was fetched before'),
    json: flag('print what was fetched as JSON'),
  },
  run: async (cli, { book: name, file, folder, withIntroductions, replace, json }) => {
    const book = bookToFetch(name);
    const options = { replace, json };
    if (isCollected(book)) {
      if (file !== undefined)
        throw wrongOption('--file', book, 'Name the folder of its files with --folder.');
      await fetchCollected(cli, book, { folder, withIntroductions, ...options });
      return;
    }
    if (folder !== undefined || withIntroductions) {
      const option = folder === undefined ? '--with-introductions' : '--folder';
      throw wrongOption(option, book, 'Leave it out; to read a file you have, use --file.');
    }
    const { url, ...obtained } =
      file === undefined
        ? await fetchBook(book, { onProgress: (progress) => showProgress(cli.terminal, progress) })
        : { url: resolve(file), ...bookFromBytes(book, await readTextFile(file)) };
    cli.terminal.endLive();
    await keepCorpus(cli, { ...obtained, source: url }, options);
  },
});

async function fetchCollected(
  cli: Cli,
  book: CollectedBook,
  {
    folder,
    withIntroductions,
    ...options
  }: { folder: string | undefined; withIntroductions: boolean; replace: boolean; json: boolean },
): Promise<void> {
  const { terminal } = cli;
  // The held-out parts come first: without them a download would be for nothing.
  const { heldOut, downloads } = await withStore(cli, async (store) => {
    const { validation, test } = splitCorpus(await openCorpus(store, book.keptApartFrom), 'units');
    return {
      heldOut: `${validation}${test}`,
      downloads: join(dirname(store.path), 'escriba-downloads', book.name),
    };
  });
  const files =
    folder === undefined
      ? await fetchParts(book, downloads, {
          onPart: ({ title }, place) =>
            terminal.note(`${title} (${place + 1} of ${book.parts.length})`),
          onProgress: (progress) => showProgress(terminal, progress),
        })
      : await readParts(book, folder);
  terminal.endLive();
  const { corpus, sha256, leftOut } = collectBook(book, files, heldOut, withIntroductions);
  const source = folder === undefined ? 'https://www.gutenberg.org' : resolve(folder);
  await keepCorpus(cli, { corpus, source, sha256 }, { ...options, leftOut });
  await rm(downloads, { recursive: true, force: true });
}

function wrongOption(option: string, book: FetchedBook, remedy: string): BadInput {
  return new BadInput(`${option} does not apply to ${book.titles.en}.`, remedy);
}

function bookToFetch(name: string): FetchedBook {
  const book = bookNamed(name);
  if (book && book.origin !== 'included') return book;
  throw new BadInput(
    book ? `${book.titles.en} comes with the program.` : `There is no book "${name}" to fetch.`,
    book
      ? `Train on it: \`escriba train ${name}\`.`
      : `There are ${named(() => true)}. Add a text of your own with \`escriba corpus add NAME FILE\`.`,
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
