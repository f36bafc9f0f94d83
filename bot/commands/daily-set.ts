import { booksInTurn } from '../../data/books.ts';
import { lastDay } from '../../src/store/posts.ts';
import { setSchedule, turns } from '../../src/store/schedules.ts';
import { subcommand } from '../core/command.ts';
import { moment } from '../core/markdown.ts';
import { type Choice, maximumChoices } from '../core/reply.ts';
import type { Permission } from '../core/request.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { nextOccurrence, readTime } from '../daily/local-time.ts';
import { timeZoneLabel, timeZoneNamed, timeZonesLike } from '../daily/time-zones.ts';
import { choiceCalled, choicesWith, knownTexts } from '../library/known-texts.ts';
import type { Library } from '../library/library.ts';
import { publicLanguage } from '../library/server-rules.ts';
import type { Services } from '../library/services.ts';
import { shortTitleOf, titleOf } from '../library/texts.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { quoted } from './options.ts';

/** How many time zones are named that what was typed may mean. */
const zonesNamed = 4;
/** What it takes to post, and to find what was posted. */
const needed: readonly Permission[] = ['view-channel', 'send-messages', 'read-message-history'];

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
  },
  async run({ options, place, asker, locale }, services: Services) {
    const words = wordsFor(locale);
    const { channel, kind } = options;
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
    const mention = `<#${channel.id}>`;
    const missing = needed.filter((permission) => channel.missing?.includes(permission));
    if (missing.length > 0) {
      const names = missing.map((permission) => words.daily.permissions[permission]);
      return privateReply(words.daily.missing(mention, names));
    }
    const lacking = await whatLacks(book, kind, services.library, words);
    if (lacking !== null) return privateReply(lacking);
    const next = await retryWhileBusy(() => {
      const occurrence = nextOccurrence(
        { time, zone },
        clock.now(),
        lastDay(store, guild, clock.now()),
      );
      const setBy = asker.userId;
      const language = publicLanguage({ locale, place }, services.settings);
      const wish = { guild, channel: channel.id, time, zone, book, kind, locale: language, setBy };
      setSchedule(store, wish, occurrence, clock.now());
      return occurrence;
    }, clock);
    services.scheduleChanged();
    return privateReply(words.daily.set(mention, time, zone, moment(next.due, 'full')));
  },
});

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

/** What the text of a schedule is called: `Bible`, or `Bible and Republic in turn`. */
export function dailyTitleOf(book: string, words: Words): string {
  return book === turns
    ? words.daily.inTurn(booksInTurn.map(({ shortTitles }) => shortTitles[words.language]))
    : shortTitleOf(book, words);
}
