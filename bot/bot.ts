import { randomUUID } from 'node:crypto';
import type { EscribaError } from '../src/errors.ts';
import type { BotInfo } from '../src/store/bot-heartbeat.ts';
import { forgetGuild, forgetGuildsExcept } from '../src/store/guilds.ts';
import { type Assembly, assemble, failure } from './assemble.ts';
import { type Clock, realClock } from './clock.ts';
import { commands } from './commands/all.ts';
import { type Allowances, usualAllowances } from './cooldowns.ts';
import { createScheduler } from './daily/create-scheduler.ts';
import type { Scheduler } from './daily/scheduler.ts';
import { type Connection, connectDiscord } from './discord/connection.ts';
import { type Invitation, invitationTo } from './discord/invitation.ts';
import type { ConnectionStatus } from './discord/status.ts';
import { serveHealth } from './health.ts';
import { Heart } from './heart.ts';
import type { Log } from './log.ts';
import { patiently } from './patiently.ts';
import type { Poster } from './posting.ts';
import { within } from './within.ts';

export interface BotOptions {
  readonly databasePath: string;
  /** As `readToken` gives it. */
  readonly token: string;
  /** Another REST base than Discord's. */
  readonly apiUrl?: string | undefined;
  /** The one server in which commands are registered; everywhere, where nothing is said. */
  readonly guildId?: string | undefined;
  /** Where `/healthz` is answered on loopback; nowhere, where nothing is said. */
  readonly healthPort?: number | undefined;
  /** Processors to write with; all, where nothing is said. */
  readonly threads?: number | undefined;
  readonly allowances?: Allowances;
  readonly log: Log;
  /** Fires when the bot is to leave: it does within ten seconds. */
  readonly signal: AbortSignal;
  /** Called once it is on Discord. */
  readonly onReady?: (invitation: Invitation) => void;
  readonly clock?: Clock;
}

/** How the ten seconds are shared out, in milliseconds: answers, daily posts, the place, what is to be written down. */
const goodbye = { answers: 6_000, posts: 1_000, place: 1_000, store: 1_000 };
/** A heart that did not beat for so long, in milliseconds, is not well. */
const longestPause = 10_000;

/**
 * The bot on Discord, until it is told to leave.
 *
 * @throws EscribaError where another bot runs on the store, Discord refuses it, or the store is of no use
 */
export async function runBot(options: BotOptions): Promise<void> {
  const { databasePath, threads, allowances = usualAllowances, log, clock = realClock } = options;
  const link = new Link();
  const assembly = await assemble({
    ...{ databasePath, threads, allowances, clock, log },
    poster: () => link.poster(),
    scheduleChanged: () => link.scheduler?.wake(),
    random: Math.random,
  });
  try {
    const { store, counters } = assembly.services;
    const started = clock.now();
    const info = (): BotInfo => ({ started, ...link.standing(), ...counters });
    const heart = await Heart.start({ store, clock, info });
    try {
      await live(options, assembly, heart, link, clock);
    } finally {
      await heart
        .stop(goodbye.place)
        .catch((error: unknown) => log.error(failure(error), placeNotGivenUp));
    }
  } finally {
    await within(assembly.close(), goodbye.store, clock);
  }
  log.info({}, 'Left.');
}

/** What ties the bot to Discord, as far as it is there yet. */
class Link {
  connection: Connection | undefined;
  scheduler: Scheduler | undefined;
  status: ConnectionStatus | undefined;

  poster(): Poster {
    if (this.connection) return this.connection.poster;
    throw new Error('The bot is not on Discord yet.');
  }

  standing(): Pick<BotInfo, 'connected' | 'servers'> {
    return { connected: this.status?.state === 'connected', servers: this.status?.servers ?? 0 };
  }
}

async function live(
  options: BotOptions,
  assembly: Assembly,
  heart: Heart,
  link: Link,
  clock: Clock,
): Promise<void> {
  const { token, apiUrl, guildId, healthPort, log, onReady } = options;
  const { store } = assembly.services;
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const refused = Promise.withResolvers<never>();
  const forget = (work: () => void) =>
    patiently(work, clock).catch((error: unknown) => log.error(failure(error), notForgotten));
  // Ends when the signal fires, or with an error of either.
  const end = Promise.race([heart.run(signal), refused.promise]);
  end.catch(() => {});
  const health =
    healthPort === undefined
      ? undefined
      : await serveHealth(healthPort, () => ({
          connected: link.standing().connected,
          beating: clock.now() - heart.at < longestPause,
        }));
  try {
    await Promise.race([assembly.warmUp(), end]);
    if (signal.aborted) return;
    const connecting = connectDiscord({
      ...{ token, commands, log, clock },
      ...(apiUrl === undefined ? {} : { apiUrl }),
      ...(guildId === undefined ? {} : { guildId }),
      dispatcher: assembly.dispatcher,
      onStatus: (status) => {
        link.status = status;
      },
      onAnswered: (milliseconds) => assembly.services.counters.answered(milliseconds),
      onServerLeft: (guild) => void forget(() => forgetGuild(store, guild)),
      onRefused: (error: EscribaError) => refused.reject(error),
    });
    const connection = await Promise.race([connecting, end]);
    if (!connection) {
      // It was told to leave while it was still connecting.
      void connecting.then((late) => late.close(0)).catch(() => {});
      return;
    }
    link.connection = connection;
    onReady?.(invitationTo(connection.applicationId));
    void forget(() => forgetGuildsExcept(store, connection.servers()));
    link.scheduler = createScheduler(assembly.services, connection.poster, log, () => randomUUID());
    const posting = link.scheduler.run(signal);
    try {
      await end;
    } finally {
      ended.abort();
      log.info({}, 'Leaving.');
      await connection.close(goodbye.answers);
      await within(posting, goodbye.posts, clock);
    }
  } finally {
    ended.abort();
    health?.closeAllConnections();
    health?.close();
  }
}

const placeNotGivenUp =
  'The place of the one bot could not be given up; another gets it once this process is gone.';
const notForgotten = 'What is kept of a server that is gone could not be deleted.';
