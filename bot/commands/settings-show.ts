import type { Language } from '../../data/language.ts';
import type { ServerSettings } from '../../src/store/settings.ts';
import { removeSettings, usualSettings } from '../../src/store/settings.ts';
import { subcommand } from '../core/command.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import type { Services } from '../library/services.ts';
import { shortTitleOf } from '../library/texts.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { quoted } from './options.ts';

export const settingsShow = subcommand({
  name: 'show',
  localNames: { 'pt-BR': 'mostrar' },
  description: inAll(({ commands }) => commands.settingsShow),
  acknowledgement: 'private',
  costly: false,
  options: {},
  run: async ({ place, locale }, { settings }: Services) =>
    privateReply(settingsShown(settings, place.language, wordsFor(locale))),
});

export const settingsReset = subcommand({
  name: 'reset',
  localNames: { 'pt-BR': 'restaurar' },
  description: inAll(({ commands }) => commands.settingsReset),
  acknowledgement: 'private',
  costly: false,
  options: {},
  async run({ place, locale }, { store, clock }: Services) {
    const words = wordsFor(locale);
    await retryWhileBusy(() => removeSettings(store, place.guildId ?? ''), clock);
    return privateReply(
      [words.settings.asUsual, settingsShown(usualSettings, place.language, words)].join('\n'),
    );
  },
});

/** The settings of a server, a line each. */
export function settingsShown(
  { language, texts, cooldown, filtered, words: own, sign }: ServerSettings,
  ofServer: Language | null,
  words: Words,
): string {
  const { settings } = words;
  const languages: Readonly<Record<string, string>> = {
    server: ofServer ? settings.inDiscord(wordsFor(ofServer).languageName) : settings.noneInDiscord,
    asker: settings.languages.asker,
  };
  return [
    settings.language(
      languages[language] ?? wordsFor(language === 'pt-BR' ? 'pt-BR' : 'en').languageName,
    ),
    settings.texts(
      texts === null
        ? settings.allTexts
        : words.list(texts.map((name) => shortTitleOf(name, words))),
    ),
    settings.cooldown(cooldown),
    settings.filter(filtered, own.map(quoted)),
    settings.sign(settings.signs[sign]),
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}
