import type { DailyBook, Schedule } from '../../src/store/schedules.ts';
import { escapeMarkdown, small } from '../core/markdown.ts';
import { isHeading, referenceOf, splitVerse } from '../library/reference.ts';
import type { Services } from '../library/services.ts';
import { smallPrint, titleOf } from '../library/small-print.ts';
import { writeText } from '../library/write-text.ts';
import type { Words } from '../words/en.ts';
import { type Locale, locales } from '../words/locale.ts';
import { wordsFor } from '../words/words.ts';

/** What there is to post, or why there is nothing. */
export type DailyText = { readonly text: string } | { readonly nothing: string };

const amounts = { bible: 1, plato: 3 } as const;
const temperature = 0.7;
/** How long a passage of a book is that stands well alone, in characters. */
const shortest = 40;
const longest = 1_200;
/** Where a sentence is over: many a verse ends in the middle of one. */
const sentenceEnd = /[.?!]["')\]”’]*$/;
const millisecondsADay = 24 * 60 * 60 * 1000;

/** The words of a schedule's language. */
export function wordsOf({ locale }: Pick<Schedule, 'locale'>): Words {
  const known: Locale | undefined = locales.find((each) => each === locale);
  return wordsFor(known ?? 'en');
}

/** The text that a schedule posts for a day. */
export function textForDay(
  schedule: Pick<Schedule, 'book' | 'kind' | 'locale'>,
  day: string,
  services: Services,
): Promise<DailyText> {
  const words = wordsOf(schedule);
  const book = bookOn(schedule.book, day);
  const heading = `**${words.daily.header[book]}** · ${words.day(new Date(`${day}T12:00:00Z`))}`;
  return makeText(book, schedule.kind, heading, words, services);
}

/** A text to see how it looks, of no day. */
export function textForNow(
  schedule: Pick<Schedule, 'book' | 'kind' | 'locale'>,
  services: Services,
): Promise<DailyText> {
  const words = wordsOf(schedule);
  const book = bookOn(schedule.book, new Date(services.clock.now()).toISOString().slice(0, 10));
  return makeText(book, schedule.kind, `**${words.daily.nowHeader[book]}**`, words, services);
}

/** Of two books in turn, the one whose day it is. */
export function bookOn(book: DailyBook, day: string): 'bible' | 'plato' {
  if (book !== 'turns') return book;
  return Math.floor(Date.parse(day) / millisecondsADay) % 2 === 0 ? 'bible' : 'plato';
}

async function makeText(
  book: 'bible' | 'plato',
  kind: Schedule['kind'],
  heading: string,
  words: Words,
  services: Services,
): Promise<DailyText> {
  if (kind === 'written') return written(book, heading, words, services);
  const text = await services.library.text(book);
  if (text === null) return { nothing: words.refusals.noText(titleOf(book, words), book) };
  const { passages } = text.corpus;
  const fitting = passages.flatMap((passage, place) => (standsAlone(passage) ? [place] : []));
  const place = fitting[Math.floor(services.random() * fitting.length)] ?? 0;
  const passage = passages[place] ?? '';
  const { text: alone } =
    text.corpus.passageKind === 'verse' ? splitVerse(passage) : { text: passage };
  const source = `${referenceOf(text.corpus, place, words)} · ${titleOf(book, words)}`;
  return { text: `${heading}\n${escapeMarkdown(alone)}\n${small([source])}` };
}

function standsAlone(passage: string): boolean {
  const { length } = passage;
  return (
    length >= shortest && length <= longest && sentenceEnd.test(passage) && !isHeading(passage)
  );
}

async function written(
  book: 'bible' | 'plato',
  heading: string,
  words: Words,
  services: Services,
): Promise<DailyText> {
  const network = await services.library.serving(book);
  if (network === null) return { nothing: words.refusals.noNetwork(titleOf(book, words)) };
  const wish = { corpus: book, seed: '', continues: false, amount: amounts[book], temperature };
  const made = await writeText(wish, network, services);
  if (made.text.trim() === '') return { nothing: words.written.madeNothing };
  const print = await smallPrint(book, made, services.library, words);
  return { text: `${heading}\n${escapeMarkdown(made.text)}\n${print}` };
}
