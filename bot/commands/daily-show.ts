import { type SkipReason, settledPosts } from '../../src/store/posts.ts';
import type { Schedule } from '../../src/store/schedules.ts';
import { schedulesOf } from '../../src/store/schedules.ts';
import { subcommand } from '../core/command.ts';
import { escapeMarkdown, moment } from '../core/markdown.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { placesOf } from '../daily/week-days.ts';
import type { Services } from '../library/services.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { dailyTitleOf } from './daily-choice.ts';

/** How many days are looked through for the last post and the last error. */
const lookBack = 90;

export const dailyShow = subcommand({
  name: 'show',
  localNames: { 'pt-BR': 'mostrar' },
  description: inAll(({ commands }) => commands.dailyShow),
  acknowledgement: 'private',
  costly: false,
  options: {},
  async run({ place, locale }, services: Services) {
    const words = wordsFor(locale);
    const { store, clock } = services;
    const shown = await retryWhileBusy(() => {
      const schedules = schedulesOf(store, place.guildId ?? '');
      return schedules.map((each) =>
        [
          ...(schedules.length > 1 ? [words.daily.numbered(each.number)] : []),
          ...linesOf(each, services, words),
        ].join('\n'),
      );
    }, clock);
    return privateReply(shown.length === 0 ? words.daily.none : shown.join('\n\n'));
  },
});

function linesOf(schedule: Schedule, { store, clock }: Services, words: Words): string[] {
  const { daily, choices, day } = words;
  const { guild, channel, time, zone, days, book, kind, paused, next } = schedule;
  const posts = settledPosts(store, schedule, lookBack);
  const state = {
    none: () =>
      next.due > clock.now()
        ? daily.next(moment(next.due, 'full'))
        : daily.late(moment(next.due, 'full')),
    asked: () => daily.pausedOnRequest,
    refused: () => daily.pausedByRefusals(schedule.refusals),
  };
  const last = posts.find((post) => post.state === 'sent');
  const skipped = posts.find((post) => post.state === 'skipped');
  const why = skipped && daily.why[skipped.reason];
  const detail = skipped?.detail ? `: ${toldWhy(skipped.reason, skipped.detail, words)}` : '';
  return [
    daily.shown(daily.days(placesOf(days)), `<#${channel}>`, time, zone, [
      dailyTitleOf(book, words),
      choices[kind],
      ...extrasOf(schedule, words),
    ]),
    state[paused ?? 'none'](),
    last
      ? daily.last(
          moment(last.settled, 'full'),
          linkTo(guild, last.thread ?? last.channel, last.message),
        )
      : daily.noneYet,
    skipped
      ? daily.lastError(day(new Date(`${skipped.day}T12:00:00Z`)), `${why}${detail}`)
      : daily.noError,
  ];
}

/** What a post has beside its text. */
function extrasOf({ look, role, publish }: Schedule, { daily }: Words): string[] {
  return [
    ...(look === 'card' ? [daily.asCard] : []),
    ...(role === null ? [] : [daily.mentions(`<@&${role}>`)]),
    ...(publish ? [daily.published] : []),
  ];
}

/** The bot's own words as they are; Discord's are no markdown. */
function toldWhy(reason: SkipReason, detail: string, { daily }: Words): string {
  if (reason === 'refused' && isKnownRefusal(detail)) return daily.refusal[detail];
  return reason === 'failed' ? detail : escapeMarkdown(detail);
}

function isKnownRefusal(detail: string): detail is keyof Words['daily']['refusal'] {
  return Object.hasOwn(wordsFor('en').daily.refusal, detail);
}

function linkTo(guild: string, channel: string, message: string): string {
  return `https://discord.com/channels/${guild}/${channel}/${message}`;
}
