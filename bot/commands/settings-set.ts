import type { Store } from '../../src/store/database.ts';
import {
  readSettings,
  type ServerSettings,
  type Sign,
  writeSettings,
} from '../../src/store/settings.ts';
import { subcommand } from '../core/command.ts';
import { longestOwn } from '../core/cooldowns.ts';
import type { Choice } from '../core/reply.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import { choiceCalled, choicesWith, knownTexts, plain } from '../library/known-texts.ts';
import type { Services } from '../library/services.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { quoted } from './options.ts';
import { settingsShown } from './settings-show.ts';

/** In the place of texts: all of them. In the place of words: none. */
const all = 'all';
const none = 'none';
const mostWords = 100;

export const settingsSet = subcommand({
  name: 'set',
  localNames: { 'pt-BR': 'definir' },
  description: inAll(({ commands }) => commands.settingsSet),
  acknowledgement: 'private',
  costly: false,
  options: {
    language: {
      type: 'text',
      localNames: { 'pt-BR': 'idioma' },
      description: inAll(({ options }) => options.language),
      choices: [
        { value: 'server', name: inAll(({ settings }) => settings.languages.server) },
        { value: 'en', name: { en: 'English', 'pt-BR': 'English' } },
        { value: 'pt-BR', name: { en: 'Português do Brasil', 'pt-BR': 'Português do Brasil' } },
        { value: 'asker', name: inAll(({ settings }) => settings.languages.asker) },
      ],
    },
    texts: {
      type: 'text',
      localNames: { 'pt-BR': 'textos' },
      description: inAll(({ options }) => options.texts),
      maximumLength: 300,
      complete: async ({ text, locale }, services: Services) =>
        completeTexts(text, await everyText(services, wordsFor(locale)), wordsFor(locale)),
    },
    cooldown: {
      type: 'integer',
      localNames: { 'pt-BR': 'intervalo' },
      description: inAll(({ options }) => options.cooldown),
      minimum: 0,
      maximum: longestOwn,
    },
    filter: {
      type: 'text',
      localNames: { 'pt-BR': 'filtro' },
      description: inAll(({ options }) => options.filter),
      choices: [
        { value: 'on', name: inAll(({ settings }) => settings.on) },
        { value: 'off', name: inAll(({ settings }) => settings.off) },
      ],
    },
    words: {
      type: 'text',
      localNames: { 'pt-BR': 'palavras' },
      description: inAll(({ options }) => options.words),
      maximumLength: 1_000,
    },
    sign: {
      type: 'text',
      localNames: { 'pt-BR': 'aviso' },
      description: inAll(({ options }) => options.sign),
      choices: (['full', 'short', 'shortest'] satisfies Sign[]).map((value) => ({
        value,
        name: inAll(({ settings }) => settings.signs[value]),
      })),
    },
  },
  async run({ options, place, locale }, services: Services) {
    const words = wordsFor(locale);
    const { store, clock } = services;
    const guild = place.guildId ?? '';
    const texts =
      options.texts && textsTyped(options.texts, await everyText(services, words), words);
    if (texts && 'unknown' in texts)
      return privateReply(words.daily.badBook(quoted(texts.unknown)));
    const filtered = options.words && wordsTyped(options.words);
    if (filtered && filtered.length > mostWords) {
      return privateReply(words.settings.manyWords(mostWords));
    }
    const change: Partial<ServerSettings> = {
      ...(options.language === undefined ? {} : { language: options.language }),
      ...(texts ? { texts: texts.names } : {}),
      ...(options.cooldown === undefined ? {} : { cooldown: options.cooldown }),
      ...(options.filter === undefined ? {} : { filtered: options.filter === 'on' }),
      // Who names words wants them filtered.
      ...(filtered ? { words: filtered, filtered: options.filter !== 'off' } : {}),
      ...(options.sign === undefined ? {} : { sign: options.sign }),
    };
    if (Object.keys(change).length === 0) {
      return privateReply(settingsShown(services.settings, place.language, words));
    }
    const settings = await retryWhileBusy(
      () => changeSettings(store, guild, change, clock.now()),
      clock,
    );
    return privateReply(
      [words.settings.kept, settingsShown(settings, place.language, words)].join('\n'),
    );
  },
});

function changeSettings(
  store: Store,
  guild: string,
  change: Partial<ServerSettings>,
  now: number,
): ServerSettings {
  return store.transaction(() => {
    const settings = { ...readSettings(store, guild), ...change };
    writeSettings(store, guild, settings, now);
    return settings;
  });
}

/** Those that are turned off here too. */
function everyText({ inServer }: Services, words: Words): Promise<Choice[]> {
  return knownTexts(inServer(null), words);
}

/** `bible, plato` or all of them; else the first that there is not. */
function textsTyped(
  typed: string,
  known: readonly Choice[],
  words: Words,
): { readonly names: readonly string[] | null } | { readonly unknown: string } {
  if ([all, words.settings.allTexts].some((each) => plain(each) === plain(typed))) {
    return { names: null };
  }
  const names: string[] = [];
  for (const part of listed(typed)) {
    const choice = choiceCalled(part, known, words);
    if (choice === undefined) return { unknown: part };
    names.push(choice.value);
  }
  return names.length === 0 ? { unknown: typed } : { names: [...new Set(names)] };
}

/** What follows the last comma, completed. */
function completeTexts(typed: string, known: readonly Choice[], words: Words): Choice[] {
  const parts = typed.split(',');
  const last = parts.pop() ?? '';
  const before = listed(parts.join(','));
  const fitting = choicesWith(last, known).filter(({ value }) => !before.includes(value));
  const joined = (text: string) => [...before, text].join(', ');
  return [
    ...(before.length === 0
      ? choicesWith(last, [{ name: words.settings.allTexts, value: all }])
      : []),
    ...fitting.map(({ name, value }) => ({ name: joined(name), value: joined(value) })),
  ];
}

function wordsTyped(typed: string): string[] {
  return plain(typed) === none || plain(typed) === 'nenhuma' ? [] : [...new Set(listed(typed))];
}

function listed(typed: string): string[] {
  return typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
