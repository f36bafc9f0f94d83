import type { CommandGroup } from '../core/command.ts';
import type { Services } from '../library/services.ts';
import { inAll } from '../words/words.ts';
import { dailyNow } from './daily-now.ts';
import { dailySet } from './daily-set.ts';
import { dailyShow } from './daily-show.ts';
import { dailyPause, dailyRemove, dailyResume } from './daily-state.ts';

/** A verse every day. */
export const daily: CommandGroup<Services> = {
  name: 'daily',
  localNames: { 'pt-BR': 'diario' },
  description: inAll(({ commands }) => commands.daily),
  example: inAll(({ examples }) => examples.daily),
  where: 'servers',
  who: 'server-managers',
  subcommands: [dailySet, dailyShow, dailyPause, dailyResume, dailyRemove, dailyNow],
};
