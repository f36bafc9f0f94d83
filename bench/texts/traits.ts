import type { Quote } from '../../src/sample/quotes.ts';
import { type Corpus, passagesOf } from '../../src/text/corpus.ts';

/** What can be counted of texts in a book's manner; shares from 0 to 1. */
export interface Traits {
  /** Words that the book has too, of all words. */
  readonly realWords: number;
  /** Verses or paragraphs of the form that the book gives them, of all that came to their end. */
  readonly trueForm: number;
  /** Runs of four words that stood in the same text before, of all such runs. */
  readonly repeated: number;
  /** Characters of the longest stretch that a text has word for word from the training part: the mean of the texts. */
  readonly borrowed: number;
  /** The longest of these stretches. */
  readonly mostBorrowed: number;
}

/** Longest stretches, as `QuoteIndex` finds them. */
export interface Quotes {
  longest(text: string): Quote | null;
}

/** Counts the traits of texts of a book, of which the last verse or paragraph may be cut off. */
export function traitsOf(texts: readonly string[], book: Corpus, quotes: Quotes): Traits {
  const known = new Set(wordsOf(book.text));
  const hasTrueForm = book.passageKind === 'verse' ? verseForm(book) : isSoundParagraph;
  const words = texts.map((text) => wordsOf(uncut(text)));
  const passages = texts.flatMap((text) => text.split('\n\n').slice(0, -1));
  const stretches = texts.map((text) => quotes.longest(text)?.length ?? 0);
  return {
    realWords: share(words.flat(), (word) => known.has(word)),
    trueForm: share(passages, hasTrueForm),
    repeated: share(words.flatMap(repeatsOf), Boolean),
    borrowed: stretches.reduce((sum, length) => sum + length, 0) / Math.max(1, stretches.length),
    mostBorrowed: Math.max(0, ...stretches),
  };
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length / Math.max(1, items.length);
}

/** Words with the case that they stand in: names are names. */
function wordsOf(text: string): string[] {
  return text.match(/\p{L}+(?:'\p{L}+)*/gu) ?? [];
}

/** A text without the word that its end may have cut. */
function uncut(text: string): string {
  return text.replace(/\p{L}+$/u, '');
}

/** Of each run of four words, whether it stood there before. */
function repeatsOf(words: readonly string[]): boolean[] {
  const seen = new Set<string>();
  return words.slice(3).map((_, at) => {
    const run = words.slice(at, at + 4).join(' ');
    const isRepeated = seen.has(run);
    seen.add(run);
    return isRepeated;
  });
}

const verse = /^(?<chapter>.+ \d+):(?<number>\d+) (?<text>.+)$/s;

/** A verse: a chapter that the book has, a number that this chapter has, an end mark, brackets that open and close. */
function verseForm(book: Corpus): (passage: string) => boolean {
  const last = new Map<string, number>();
  for (const { text } of passagesOf(book)) {
    const { chapter = '', number } = verse.exec(text)?.groups ?? {};
    last.set(chapter, Number(number));
  }
  return (passage) => {
    const { chapter = '', number, text = '' } = verse.exec(passage)?.groups ?? {};
    const place = Number(number);
    return (
      place >= 1 && place <= (last.get(chapter) ?? 0) && /[.,:;?!)\]]$/.test(text) && isClosed(text)
    );
  };
}

/** A paragraph: it begins with a capital, ends with a mark, and what opens in it closes. */
function isSoundParagraph(passage: string): boolean {
  return /^["'(]*\p{Lu}/u.test(passage) && /[.?!:;,)"'-]$/.test(passage) && isClosed(passage);
}

function isClosed(text: string): boolean {
  let open = '';
  for (const mark of text.replace(/[^()[\]]/g, '')) {
    if (mark === '(' || mark === '[') open += mark;
    else if (open.at(-1) === (mark === ')' ? '(' : '[')) open = open.slice(0, -1);
    else return false;
  }
  return open === '';
}
