import type { Corpus } from '../../src/text/corpus.ts';
import type { Words } from '../words/en.ts';
import type { OpenText } from './model-cache.ts';

/** Where a verse or a paragraph is in its text: `Revelation 21:6`, `Book II, paragraph 14`. */
export function referenceOf(corpus: Corpus, passage: number, words: Words): string {
  if (corpus.passageKind === 'verse') return splitVerse(corpus.passages[passage] ?? '').reference;
  const { references } = words;
  const heading = corpus.passages.findLastIndex(
    (each, place) => place <= passage && bookHeading.test(each),
  );
  const numeral = bookHeading.exec(corpus.passages[heading] ?? '')?.[1];
  if (numeral === undefined) return references.plainParagraph(passage + 1);
  return references.paragraph(references.book(numeral), Math.max(1, passage - heading));
}

/** The verse or paragraph at a place of the whole text. */
export function passageAt({ beginnings }: OpenText, at: number): number {
  let low = 0;
  let high = beginnings.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((beginnings[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** `Genesis 1:1 In the beginning ...` in two; the text of `Genesis 1:1` alone is empty. */
export function splitVerse(verse: string): { readonly reference: string; readonly text: string } {
  const [, reference, text = ''] = /^(.*? \d+:\d+)(?: (.*))?$/s.exec(verse) ?? [];
  return reference === undefined ? { reference: '', text: verse } : { reference, text };
}

/** `BOOK II.`, as the Republic has it. */
const bookHeading = /^BOOK ([IVX]+)\.$/;

export function isHeading(passage: string): boolean {
  return bookHeading.test(passage);
}
