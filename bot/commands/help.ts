import type { Language } from '../../data/language.ts';
import { type Command, command } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';

/** What the bot can do: the commands, to be clicked where Discord has them, each with an example. */
export function helpFor(commands: readonly Command<Services>[]): Command<Services> {
  return command({
    name: 'help',
    localNames: { 'pt-BR': 'ajuda' },
    description: inAll((words) => words.commands.help),
    example: { en: '/help', 'pt-BR': '/ajuda' },
    where: 'everywhere',
    who: 'everyone',
    acknowledgement: 'private',
    costly: false,
    options: {},
    async run({ locale }, { commandIds }: Services) {
      const ids = commandIds();
      // What Discord has not been given, nobody can use there; without Discord there are no ids at all.
      const usable = commands.filter(({ name }) => ids.size === 0 || ids.has(name));
      const shown = usable.map((each) => ({
        command: mention(each, ids.get(each.name), locale),
        about: each.description[locale],
        example: each.example[locale],
      }));
      return privateReply(wordsFor(locale).help(shown));
    },
  });
}

/** A command to be clicked, of a group its first subcommand; its name alone where it has no id. */
function mention(each: Command<Services>, id: string | undefined, locale: Language): string {
  const { name, localNames } = each;
  if (id === undefined) return `**/${locale === 'en' ? name : localNames[locale]}**`;
  const [first] = 'subcommands' in each ? each.subcommands : [];
  return `</${first ? `${name} ${first.name}` : name}:${id}>`;
}
