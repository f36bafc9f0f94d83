import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { EscribaError } from '../src/errors.ts';
import { type Corpus, corpusOfPassages } from '../src/text/corpus.ts';
import { dailyVerses } from './bible-daily.ts';
import { inEnglish, inPortuguese } from './bible-names.ts';
import { findVerses, suggestBooks } from './bible-references.ts';
import type { IncludedBook } from './book.ts';
import { standsAlone } from './passages.ts';

/** What the King James Bible has, and so what the package's file must have. */
const verseCount = 31_102;
const chapterCount = 1_189;
const bookCount = 66;

/** Chapter, book: `Genesis 1:2` is of `Genesis 1` and `Genesis`. */
const reference = /^((.+) \d+):\d+$/;

/** The King James Bible of 1769, a verse on its line; chapters are held out whole. */
export const bible: IncludedBook = {
  name: 'bible',
  titles: { en: 'King James Bible', 'pt-BR': 'Bíblia King James' },
  titlesInSentence: { en: 'the King James Bible', 'pt-BR': 'a Bíblia King James' },
  shortTitles: { en: 'Bible', 'pt-BR': 'Bíblia' },
  commandNames: { en: 'bible', 'pt-BR': 'biblia' },
  about: {
    en: 'A network that learned the King James Bible continues your words',
    'pt-BR': 'Uma rede que aprendeu a Bíblia King James (em inglês) continua as suas palavras',
  },
  disclaimer: { en: 'not Scripture', 'pt-BR': 'não é da Bíblia' },
  passage: {
    kind: 'verse',
    singular: { en: 'verse', 'pt-BR': 'versículo' },
    plural: { en: 'verses', 'pt-BR': 'versículos' },
    split: splitVerse,
    // After the first of a book, such as Genesis 1:1, a network would expect the words that the book begins with.
    typicalReference: 'John 3:16',
    cite(passages, place, language) {
      const cited = splitVerse(passages[place] ?? '').reference;
      return language === 'en' ? cited : inPortuguese(cited);
    },
    localized: (reference, language) => (language === 'en' ? reference : inPortuguese(reference)),
    asWritten: inEnglish,
    find: findVerses,
    suggest: suggestBooks,
  },
  amounts: {
    counted: 'passages',
    optionNames: { en: 'verses', 'pt-BR': 'versiculos' },
    about: { en: 'How many verses', 'pt-BR': 'Quantos versículos' },
    usual: 2,
    largest: 8,
  },
  posting: {
    dailyTitles: { en: 'Verse of the day', 'pt-BR': 'Versículo do dia' },
    titles: { en: 'A verse', 'pt-BR': 'Um versículo' },
    amount: 1,
    inTurn: true,
    suits: (verse) => dailyVerses.has(splitVerse(verse).reference) && standsAlone(verse),
  },
  yardsticks: { markov: 1.608, ngram: 1.395 },
  licence: 'Public domain (in the United Kingdom the Crown holds the right to print it).',
  origin: 'included',
  async corpus() {
    // The package names a main file that it does not have, so its data is read by its path.
    const path = fileURLToPath(import.meta.resolve('kjv/json/verses-1769.json'));
    return bibleCorpus(JSON.parse(await readFile(path, 'utf8')));
  },
};

/** `Genesis 1:1 In the beginning ...` in two; the text of `Genesis 1:1` alone is empty. */
function splitVerse(verse: string): { readonly reference: string; readonly text: string } {
  const [, cited, text = ''] = /^(.*? \d+:\d+)(?: (.*))?$/s.exec(verse) ?? [];
  return cited === undefined ? { reference: '', text: verse } : { reference: cited, text };
}

/** @throws EscribaError unless these are the verses by reference (`Genesis 1:1`), complete and in order. */
function bibleCorpus(verses: unknown): Corpus {
  const passages: string[] = [];
  const chapterOf: number[] = [];
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
    passages.push(`${name} ${text.replace(/^# /, '')}`);
    chapterOf.push(chapters.size - 1);
  }
  if (
    passages.length !== verseCount ||
    chapters.size !== chapterCount ||
    books.size !== bookCount
  ) {
    throw notTheBible(`${passages.length} verses, ${chapters.size} chapters, ${books.size} books`);
  }
  const { name, titles, passage } = bible;
  const card = { name, title: titles.en, passageKind: passage.kind };
  return corpusOfPassages(card, passages, chapterOf);
}

function notTheBible(found: string): EscribaError {
  return new EscribaError(
    `The package kjv has ${found} where the King James Bible was expected.`,
    'Install the packages again with npm ci.',
  );
}
