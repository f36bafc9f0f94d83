import type { PassageForm, Posting } from '../../data/book.ts';
import { bookNamed } from '../../data/books.ts';
import { paragraph, standsAlone } from '../../data/passages.ts';
import type { StopOptions } from '../../src/sample/stop.ts';
import { escapeMarkdown } from '../core/markdown.ts';
import type { Words } from '../words/en.ts';

/** What a text is called in a sentence. */
export function titleOf(corpus: string, words: Words): string {
  return (
    bookNamed(corpus)?.titlesInSentence[words.language] ?? words.ownTitle(escapeMarkdown(corpus))
  );
}

/** What a text is called where a line begins. */
export function titleAtBeginning(corpus: string, words: Words): string {
  const title = bookNamed(corpus)?.titles[words.language] ?? titleOf(corpus, words);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

/** What a text is called where there is little room. */
export function shortTitleOf(corpus: string, words: Words): string {
  return bookNamed(corpus)?.shortTitles[words.language] ?? escapeMarkdown(corpus);
}

/** What an invented text is not: `not Scripture`. */
export function disclaimerOf(corpus: string, words: Words): string {
  return bookNamed(corpus)?.disclaimer[words.language] ?? words.written.disclaimer;
}

/** What a passage of a text is; of one that a person added, a paragraph. */
export function passagesOf(corpus: string): PassageForm {
  return bookNamed(corpus)?.passage ?? paragraph;
}

/** Where a text ends that is so long, counted as its kind is: in passages, in sentences, else in lines. */
export function stopAfter(corpus: string, amount: number): Omit<StopOptions, 'characters'> {
  if (isCountedInSentences(corpus)) return { sentences: amount };
  return { passages: amount, passageKind: bookNamed(corpus)?.passage.kind ?? 'line' };
}

/** What stands between a text and what continues it: sentences share a paragraph. */
export function betweenTexts(corpus: string): string {
  return isCountedInSentences(corpus) ? ' ' : '\n\n';
}

/** What of a text is posted once a day. */
export function postingOf(corpus: string): Posting {
  return bookNamed(corpus)?.posting ?? ownPosting;
}

const ownPosting: Posting = {
  dailyTitles: { en: 'Text of the day', 'pt-BR': 'Texto do dia' },
  titles: { en: 'A text', 'pt-BR': 'Um texto' },
  amount: 3,
  inTurn: false,
  suits: standsAlone,
};

function isCountedInSentences(corpus: string): boolean {
  return bookNamed(corpus)?.amounts.counted === 'sentences';
}
