import { booksInTurn } from '../../data/books.ts';
import type { Store } from '../../src/store/database.ts';
import { type Schedule, schedulesOf, turns } from '../../src/store/schedules.ts';
import type { TextOption } from '../core/command.ts';
import type { Choice, MessageReply } from '../core/reply.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { placesOf } from '../daily/week-days.ts';
import { choicesWith, plain } from '../library/known-texts.ts';
import type { Services } from '../library/services.ts';
import { shortTitleOf } from '../library/texts.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { quoted } from './options.ts';

/** In the place of a number: all of a server's schedules. */
const all = 'all';

/** An option that names one of a server's schedules by its number, or all of them. */
export const scheduleOption = {
  type: 'text',
  localNames: { 'pt-BR': 'agenda' },
  description: inAll(({ options }) => options.schedule),
  maximumLength: 100,
  async complete({ text, place, locale }, { store, clock }: Services) {
    const words = wordsFor(locale);
    const schedules = await retryWhileBusy(() => schedulesOf(store, place.guildId ?? ''), clock);
    const every = { name: words.daily.allSchedules, value: all };
    return choicesWith(text, [
      ...schedules.map((each) => scheduleChoice(each, words)),
      ...(schedules.length > 1 ? [every] : []),
    ]);
  },
} as const satisfies TextOption<Services>;

/** A schedule as it is chosen: `1: 08:30, Bible`. */
export function scheduleChoice({ number, time, book, days }: Schedule, words: Words): Choice {
  const { daily } = words;
  return {
    name: daily.choice(number, time, daily.days(placesOf(days)), dailyTitleOf(book, words)),
    value: String(number),
  };
}

/** The schedules of a server that were meant: the one of that number, all of them, or the only one. */
export function meantBy(
  typed: string | undefined,
  { store, guild, words }: { store: Store; guild: string; words: Words },
): readonly Schedule[] | MessageReply {
  const { daily } = words;
  const schedules = schedulesOf(store, guild);
  if (schedules.length === 0) return privateReply(daily.none);
  if (typed === undefined) {
    if (schedules.length === 1) return schedules;
    return privateReply(daily.which(schedules.map((each) => scheduleChoice(each, words).name)));
  }
  if ([all, daily.allSchedules].some((each) => plain(each) === plain(typed))) return schedules;
  const number = Number.parseInt(typed, 10);
  const meant = schedules.filter((each) => each.number === number);
  return meant.length > 0 ? meant : privateReply(daily.noSchedule(quoted(typed)));
}

/** What the text of a schedule is called: `Bible`, or `Bible and Republic in turn`. */
export function dailyTitleOf(book: string, words: Words): string {
  return book === turns
    ? words.daily.inTurn(booksInTurn.map(({ shortTitles }) => shortTitles[words.language]))
    : shortTitleOf(book, words);
}
