import { type Command, command } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

/** What the bot can do: the commands, named as the asker's Discord shows them. */
export function helpFor(commands: readonly Command<Services>[]): Command<Services> {
  return command({
    name: 'help',
    localNames: { 'pt-BR': 'ajuda' },
    description: inAll((words) => words.commands.help),
    where: 'everywhere',
    who: 'everyone',
    acknowledgement: 'private',
    costly: false,
    options: {},
    async run({ locale }) {
      const shown = commands.map(({ name, localNames, description }) => ({
        command: locale === 'en' ? name : localNames[locale],
        about: description[locale],
      }));
      return privateReply(wordsFor(locale).help(shown));
    },
  });
}
