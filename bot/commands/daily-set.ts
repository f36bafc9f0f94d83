import { booksInTurn } from '../../data/books.ts';
import type { Store } from '../../src/store/database.ts';
import { lastDay } from '../../src/store/posts.ts';
import {
  everyDay,
  type Look,
  type ScheduleWish,
  schedulesOf,
  setSchedule,
  turns,
} from '../../src/store/schedules.ts';
import { subcommand } from '../core/command.ts';
import { moment } from '../core/markdown.ts';
import { type Choice, type MessageReply, maximumChoices } from '../core/reply.ts';
import type { ChannelKind, CompletionRequest, Permission } from '../core/request.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { nextOccurrence, readTime } from '../daily/local-time.ts';
import { timeZoneLabel, timeZoneNamed, timeZonesLike } from '../daily/time-zones.ts';
import { placesOf, readDays, weekend, workDays } from '../daily/week-days.ts';
import { choiceCalled, choicesWith, knownTexts, plain } from '../library/known-texts.ts';
import type { Library } from '../library/library.ts';
import { publicLanguage } from '../library/server-rules.ts';
import type { Services } from '../library/services.ts';
import { titleOf } from '../library/texts.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { dailyTitleOf, meantBy, scheduleChoice, scheduleOption } from './daily-choice.ts';
import { quoted } from './options.ts';

/** How many time zones are named that what was typed may mean. */
const zonesNamed = 4;
/** How many schedules a server can have. */
const mostSchedules = 10;
/** In the place of a schedule's number: another one. */
const another = 'new';

export const dailySet = subcommand({
  name: 'set',
  localNames: { 'pt-BR': 'definir' },
  description: inAll(({ commands }) => commands.dailySet),
  acknowledgement: 'private',
  costly: false,
  options: {
    channel: {
      type: 'channel',
      required: true,
      localNames: { 'pt-BR': 'canal' },
      description: inAll(({ options }) => options.channel),
    },
    time: {
      type: 'text',
      required: true,
      localNames: { 'pt-BR': 'hora' },
      description: inAll(({ options }) => options.time),
      maximumLength: 10,
    },
    timezone: {
      type: 'text',
      required: true,
      localNames: { 'pt-BR': 'fuso' },
      description: inAll(({ options }) => options.timezone),
      maximumLength: 64,
      complete: async ({ text, locale }) =>
        timeZonesLike(text)
          .slice(0, maximumChoices)
          .map((zone) => ({ name: timeZoneLabel(zone, locale), value: zone })),
    },
    kind: {
      type: 'text',
      required: true,
      localNames: { 'pt-BR': 'tipo' },
      description: inAll(({ options }) => options.kind),
      choices: [
        { value: 'written', name: inAll(({ choices }) => choices.written) },
        { value: 'real', name: inAll(({ choices }) => choices.real) },
      ],
    },
    book: {
      type: 'text',
      localNames: { 'pt-BR': 'livro' },
      description: inAll(({ options }) => options.book),
      maximumLength: 64,
      complete: async ({ text, locale }, services: Services) =>
        choicesWith(text, await textsToPost(services, wordsFor(locale))),
    },
    days: {
      type: 'text',
      localNames: { 'pt-BR': 'dias' },
      description: inAll(({ options }) => options.days),
      maximumLength: 100,
      complete: async ({ text, locale }) => {
        const { daily } = wordsFor(locale);
        const usual = [everyDay, workDays, weekend].map((days) => daily.days(placesOf(days)));
        return choicesWith(
          text,
          usual.map((name) => ({ name, value: name })),
        );
      },
    },
    look: {
      type: 'text',
      localNames: { 'pt-BR': 'visual' },
      description: inAll(({ options }) => options.look),
      choices: [
        { value: 'text', name: inAll(({ choices }) => choices.text) },
        { value: 'card', name: inAll(({ choices }) => choices.card) },
      ],
    },
    role: {
      type: 'role',
      localNames: { 'pt-BR': 'cargo' },
      description: inAll(({ options }) => options.role),
    },
    publish: {
      type: 'text',
      localNames: { 'pt-BR': 'divulgar' },
      description: inAll(({ options }) => options.publish),
      choices: [
        { value: 'no', name: inAll(({ choices }) => choices.no) },
        { value: 'yes', name: inAll(({ choices }) => choices.yes) },
      ],
    },
    schedule: {
      ...scheduleOption,
      description: inAll(({ options }) => options.scheduleToSet),
      async complete(request: CompletionRequest, services: Services) {
        const { daily } = wordsFor(request.locale);
        const ofServer = await scheduleOption.complete(request, services);
        const more = choicesWith(request.text, [{ name: daily.anotherSchedule, value: another }]);
        return [...ofServer.filter(({ value }) => value !== 'all'), ...more];
      },
    },
  },
  async run({ options, place, asker, locale }, services: Services) {
    const words = wordsFor(locale);
    const { channel, kind, role, look = 'text' } = options;
    const { store, clock } = services;
    const guild = place.guildId ?? '';
    const time = readTime(options.time);
    if (time === null) return privateReply(words.daily.badTime(quoted(options.time)));
    const zone = timeZoneNamed(options.timezone);
    if (typeof zone !== 'string') {
      const { badZone, whichZone } = words.daily;
      const typed = quoted(options.timezone);
      const some = zone.slice(0, zonesNamed).map((each) => `\`${each}\``);
      return privateReply(some.length === 0 ? badZone(typed) : whichZone(typed, some));
    }
    const offered = await textsToPost(services, words);
    const choice =
      options.book === undefined ? offered[0] : choiceCalled(options.book, offered, words);
    if (choice === undefined) return privateReply(words.daily.badBook(quoted(options.book ?? '')));
    const book = choice.value;
    const days = options.days === undefined ? everyDay : readDays(options.days);
    if (days === null) return privateReply(words.daily.badDays(quoted(options.days ?? '')));
    const mention = `<#${channel.id}>`;
    const publish = options.publish === 'yes';
    if (publish && channel.kind !== 'announcement') {
      return privateReply(words.daily.notPublished(mention));
    }
    // Discord knows the role of everybody by the server's id, and lets no bot notify it by a mention of a role.
    if (role?.id === guild) return privateReply(words.daily.everyone);
    const missing = neededIn(channel.kind, look).filter((permission) =>
      channel.missing?.includes(permission),
    );
    if (missing.length > 0) {
      const names = missing.map((permission) => words.daily.permissions[permission]);
      return privateReply(words.daily.missing(mention, names));
    }
    const lacking = await whatLacks(book, kind, services.library, words);
    if (lacking !== null) return privateReply(lacking);
    const wish = {
      ...{ guild, channel: channel.id, time, zone, days, book, kind, look, publish },
      role: role?.id ?? null,
      locale: publicLanguage({ locale, place }, services.settings),
      setBy: asker.userId,
    };
    const set = await retryWhileBusy(
      () => setIn(store, wish, options.schedule, clock.now(), words),
      clock,
    );
    if ('type' in set) return set;
    services.scheduleChanged();
    return privateReply(
      [
        words.daily.set(
          words.daily.days(placesOf(days)),
          mention,
          time,
          zone,
          moment(set.due, 'full'),
        ),
        ...(set.count > 1 ? [words.daily.oneOf(set.number, set.count)] : []),
        ...(role && !role.mentionable ? [words.daily.notMentionable(`<@&${role.id}>`)] : []),
      ].join('\n'),
    );
  },
});

/** Sets the schedule that was meant: that of the number, another one, or where nothing is said the one of the channel. */
function setIn(
  store: Store,
  wish: Omit<ScheduleWish, 'number'>,
  typed: string | undefined,
  now: number,
  words: Words,
): MessageReply | { readonly number: number; readonly count: number; readonly due: number } {
  const { guild } = wish;
  return store.transaction(() => {
    const schedules = schedulesOf(store, guild);
    const ofChannel = schedules.filter(({ channel }) => channel === wish.channel);
    const names = [another, words.daily.anotherSchedule].map(plain);
    const isNew = typed === undefined ? ofChannel.length === 0 : names.includes(plain(typed));
    if (!isNew && typed === undefined && ofChannel.length > 1) {
      const choices = ofChannel.map((each) => scheduleChoice(each, words).name);
      return privateReply(words.daily.which(choices));
    }
    let number: number;
    if (isNew) {
      if (schedules.length >= mostSchedules)
        return privateReply(words.daily.tooMany(mostSchedules));
      const taken = new Set(schedules.map((each) => each.number));
      for (number = 1; taken.has(number); number++);
    } else {
      const meant = typed === undefined ? ofChannel : meantBy(typed, { store, guild, words });
      if ('type' in meant) return meant;
      number = meant[0]?.number ?? 1;
    }
    const last = lastDay(store, { guild, number }, now);
    const occurrence = nextOccurrence(wish, now, last);
    setSchedule(store, { ...wish, number }, occurrence, now);
    return { number, due: occurrence.due, count: schedulesOf(store, guild).length };
  });
}

/** What it takes to post there, and to find what was posted. */
function neededIn(kind: ChannelKind, look: Look): Permission[] {
  return [
    'view-channel',
    kind === 'thread' ? 'send-messages-in-threads' : 'send-messages',
    'read-message-history',
    ...(look === 'card' ? (['attach-files'] as const) : []),
  ];
}

/** What a book lacks to be posted from, in words; null where it lacks nothing. */
async function whatLacks(
  book: string,
  kind: 'written' | 'real',
  library: Library,
  words: Words,
): Promise<string | null> {
  const served = await library.served();
  for (const name of book === turns ? booksInTurn.map((each) => each.name) : [book]) {
    const title = titleOf(name, words);
    if (kind === 'written' && !served.includes(name)) return words.refusals.noNetwork(title);
    if (kind === 'real' && (await library.text(name)) === null) {
      return words.refusals.noText(title, name);
    }
  }
  return null;
}

/** What can be posted: every text, and the books in turn. */
async function textsToPost(services: Services, words: Words): Promise<Choice[]> {
  const inTurn = { name: dailyTitleOf(turns, words), value: turns };
  return [...(await knownTexts(services, words)), inTurn];
}
