import { forgetGuild } from '../src/store/guilds.ts';
import { assemble } from './assemble.ts';
import { commands } from './commands/all.ts';
import { type ConsoleOptions, consoleGuild, consolePoster, runConsole } from './console/console.ts';
import { realClock } from './core/clock.ts';
import { usualAllowances } from './core/cooldowns.ts';
import type { Log } from './core/log.ts';
import { retryWhileBusy } from './core/retry-while-busy.ts';

export interface BotConsoleOptions extends Omit<ConsoleOptions, 'dispatcher' | 'commands' | 'now'> {
  readonly databasePath: string;
  /** Processors to write with; all, where nothing is said. */
  readonly threads?: number | undefined;
  readonly log: Log;
}

/**
 * The bot in a terminal, with no Discord at all, until its input ends; then what it kept of it goes. It posts nothing
 * by itself: the schedules of the store are those of the bot on Discord.
 */
export async function runBotConsole(options: BotConsoleOptions): Promise<void> {
  const { databasePath, threads, log } = options;
  const clock = realClock;
  const view = { ...options, now: clock.now };
  const poster = consolePoster(view);
  const { services, dispatcher, close } = await assemble({
    ...{ databasePath, threads, clock, log },
    allowances: usualAllowances,
    poster: () => poster,
    scheduleChanged: () => {},
    random: Math.random,
  });
  try {
    await runConsole({ ...view, commands, dispatcher });
  } finally {
    await services.exchanges.settled();
    await retryWhileBusy(() => forgetGuild(services.store, consoleGuild), clock);
    await close();
  }
}
