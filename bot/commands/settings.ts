import type { CommandGroup } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { inAll } from '../words/words.ts';
import { settingsSet } from './settings-set.ts';
import { settingsReset, settingsShow } from './settings-show.ts';

/** What a server wants of the bot. */
export const settings: CommandGroup<Services> = {
  name: 'settings',
  localNames: { 'pt-BR': 'ajustes' },
  description: inAll(({ commands }) => commands.settings),
  example: inAll(({ examples }) => examples.settings),
  where: 'servers',
  who: 'server-managers',
  subcommands: [settingsSet, settingsShow, settingsReset],
};
