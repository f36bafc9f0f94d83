import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { EscribaError } from '../src/errors.ts';
import type { Corpus } from '../src/text/corpus.ts';
import type { IncludedBook } from './book.ts';

/** What the King James Bible has, and so what the package's file must have. */
const verseCount = 31_102;
const chapterCount = 1_189;
const bookCount = 66;

/** Chapter, book: `Genesis 1:2` is of `Genesis 1` and `Genesis`. */
const reference = /^((.+) \d+):\d+$/;

/** The King James Bible of 1769, a verse on its line, a chapter a unit. */
export const bible: IncludedBook = {
  name: 'bible',
  title: 'King James Bible',
  piece: 'verse',
  licence: 'Public domain (in the United Kingdom the Crown holds the right to print it).',
  origin: 'included',
  async corpus() {
    // The package names a main file that it does not have, so its data is read by its path.
    const path = fileURLToPath(import.meta.resolve('kjv/json/verses-1769.json'));
    return bibleCorpus(JSON.parse(await readFile(path, 'utf8')));
  },
};

/** @throws EscribaError unless these are the verses by reference (`Genesis 1:1`), complete and in order. */
function bibleCorpus(verses: unknown): Corpus {
  const pieces: string[] = [];
  const units: number[] = [];
  const books = new Set<string>();
  const chapters = new Set<string>();
  for (const [name, text] of Object.entries(verses ?? {})) {
    const [, chapter, book] = reference.exec(name) ?? [];
    if (chapter === undefined || book === undefined || typeof text !== 'string') {
      throw notTheBible(`an entry "${name}"`);
    }
    books.add(book);
    chapters.add(chapter);
    // A leading # marks where a paragraph begins.
    pieces.push(`${name} ${text.replace(/^# /, '')}`);
    units.push(chapters.size - 1);
  }
  if (pieces.length !== verseCount || chapters.size !== chapterCount || books.size !== bookCount) {
    throw notTheBible(`${pieces.length} verses, ${chapters.size} chapters, ${books.size} books`);
  }
  return { name: bible.name, title: bible.title, piece: bible.piece, pieces, units };
}

function notTheBible(found: string): EscribaError {
  return new EscribaError(
    `The package kjv has ${found} where the King James Bible was expected.`,
    'Install the packages again with npm ci.',
  );
}
