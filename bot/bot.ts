import { randomUUID } from 'node:crypto';
import type { EscribaError } from '../src/errors.ts';
import type { BotInfo } from '../src/store/bot-heartbeat.ts';
import type { Store } from '../src/store/database.ts';
import { claimStore, forgetGuild, sweepGuilds } from '../src/store/guilds.ts';
import { type Assembly, assemble } from './assemble.ts';
import { BotLease } from './bot-lease.ts';
import { commands, messageCommands } from './commands/all.ts';
import { type Clock, realClock } from './core/clock.ts';
import type { Command } from './core/command.ts';
import { type Allowances, usualAllowances } from './core/cooldowns.ts';
import type { Log } from './core/log.ts';
import { failure } from './core/log.ts';
import type { Poster } from './core/posting.ts';
import { retryWhileBusy } from './core/retry-while-busy.ts';
import { withTimeout } from './core/with-timeout.ts';
import { createScheduler } from './daily/create-scheduler.ts';
import type { Scheduler } from './daily/scheduler.ts';
import { type Connection, connectDiscord } from './discord/connection.ts';
import { type Invitation, invitationTo } from './discord/invitation.ts';
import type { ConnectionStatus } from './discord/status.ts';
import { serveHealth } from './health.ts';
import type { Services } from './library/services.ts';
import { metricsOf } from './metrics.ts';

export interface BotOptions {
  readonly databasePath: string;
  /** As `readToken` gives it. */
  readonly token: string;
  /** Another REST base than Discord's. */
  readonly apiUrl?: string | undefined;
  /** The one server in which commands are registered; everywhere, where nothing is said. */
  readonly guildId?: string | undefined;
  /** Where `/healthz` and `/metrics` are answered on loopback; nowhere, where nothing is said. */
  readonly healthPort?: number | undefined;
  /** Processors to write with; all, where nothing is said. */
  readonly threads?: number | undefined;
  /** Whether it may take over a store that another application's bot has kept. */
  readonly takeOver?: boolean;
  readonly allowances?: Allowances;
  /** The only servers where it answers, besides private messages; everywhere, where nothing is said. */
  readonly allowedServers?: ReadonlySet<string> | undefined;
  readonly log: Log;
  /** Fires when the bot is to leave: it does within ten seconds. */
  readonly signal: AbortSignal;
  /** Told how the bot is invited, as soon as it is known whose token it has. */
  readonly onInvitation?: (invitation: Invitation) => void;
  readonly clock?: Clock;
}

/** How often it is looked which servers are missing, in milliseconds. */
const sweepEvery = 24 * 60 * 60 * 1000;
/** How the ten seconds are shared out, in milliseconds: answers, daily posts, the place, what is to be written down. */
const shutdownBudget = { answers: 6_000, posts: 1_000, place: 1_000, store: 1_000 };
/** A lease that did not beat for so long, in milliseconds, is not well. */
const longestPause = 10_000;

/**
 * The bot on Discord, until it is told to leave.
 *
 * @throws EscribaError where another bot runs on the store, Discord refuses it, or the store is of no use
 */
export async function runBot(options: BotOptions): Promise<void> {
  const { databasePath, threads, allowances = usualAllowances, log, clock = realClock } = options;
  const session = new Session();
  // Pauses between tries hold no process; while the bot lives, this does.
  const alive = setInterval(() => {}, sweepEvery);
  const assembly = await assemble({
    ...{ databasePath, threads, allowances, clock, log, allowedServers: options.allowedServers },
    poster: () => session.poster(),
    scheduleChanged: () => session.scheduler?.wake(),
    commandIds: () => session.commandIds,
    random: Math.random,
  }).catch((error: unknown) => {
    clearInterval(alive);
    throw error;
  });
  try {
    const { store, counters } = assembly.services;
    const started = clock.now();
    const info = (): BotInfo => ({
      ...{ started, ...session.standing(), ...counters },
      waiting: assembly.queue.length,
    });
    const lease = await BotLease.start({ store, clock, info });
    try {
      await live(options, assembly, lease, info, session, clock);
    } finally {
      await lease
        .stop(shutdownBudget.place)
        .catch((error: unknown) => log.error(failure(error), placeNotGivenUp));
    }
  } finally {
    clearInterval(alive);
    await withTimeout(assembly.close(), shutdownBudget.store, clock);
  }
  log.info({}, 'Left.');
}

/** What ties the bot to Discord, as far as it is there yet. */
class Session {
  connection: Connection | undefined;
  scheduler: Scheduler | undefined;
  status: ConnectionStatus | undefined;
  commandIds: ReadonlyMap<string, string> = new Map();

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
  lease: BotLease,
  info: () => BotInfo,
  session: Session,
  clock: Clock,
): Promise<void> {
  const { token, apiUrl, guildId, healthPort, takeOver = false, log, onInvitation } = options;
  const { store, exchanges } = assembly.services;
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const refused = Promise.withResolvers<never>();
  const forget = (work: () => void) =>
    retryWhileBusy(work, clock).catch((error: unknown) => log.error(failure(error), notForgotten));
  // Ends when the signal fires, or with an error of either.
  const end = Promise.race([lease.run(signal), refused.promise]);
  end.catch(() => {});
  const health =
    healthPort === undefined
      ? undefined
      : await serveHealth(healthPort, {
          health: () => ({
            connected: session.standing().connected,
            beating: clock.now() - lease.at < longestPause,
          }),
          metrics: () => metricsOf(info()),
        });
  try {
    await Promise.race([assembly.warmUp(), end]);
    if (signal.aborted) return;
    const offered = await offeredOf(commands, assembly.services);
    const connecting = connectDiscord({
      ...{ token, commands: offered, messageCommands, log, clock },
      ...(apiUrl === undefined ? {} : { apiUrl }),
      ...(guildId === undefined ? {} : { guildId }),
      dispatcher: assembly.dispatcher,
      onRegistered: (ids) => {
        session.commandIds = ids;
      },
      onStatus: (status) => {
        session.status = status;
      },
      onAnswered: (milliseconds) => assembly.services.counters.answered(milliseconds),
      signal,
      onApplication: async (application) => {
        await retryWhileBusy(() => claimStore(store, application, takeOver), clock);
        onInvitation?.(invitationTo(application));
      },
      onServerLeft: (guild) => {
        exchanges.leave(guild);
        void forget(() => forgetGuild(store, guild));
      },
      onServerJoined: (guild) => exchanges.join(guild),
      onRefused: (error: EscribaError) => refused.reject(error),
    });
    const connection = await Promise.race([connecting, end]).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (!connection) {
      // It was told to leave while it was still connecting.
      void connecting.then((late) => late.close(0)).catch(() => {});
      return;
    }
    session.connection = connection;
    void sweepServers(store, connection, log, clock, signal);
    session.scheduler = createScheduler(assembly.services, connection.poster, log, () =>
      randomUUID(),
    );
    const posting = session.scheduler.run(signal);
    try {
      await end;
    } finally {
      ended.abort();
      log.info({}, 'Leaving.');
      await connection.close(shutdownBudget.answers);
      await withTimeout(posting, shutdownBudget.posts, clock);
    }
  } finally {
    ended.abort();
    health?.closeAllConnections();
    health?.close();
  }
}

/** The commands that there is something to use for. */
async function offeredOf(
  all: readonly Command<Services>[],
  services: Services,
): Promise<readonly Command<Services>[]> {
  const offered = await Promise.all(
    all.map((each) => ('isOffered' in each && each.isOffered ? each.isOffered(services) : true)),
  );
  return all.filter((_, place) => offered[place]);
}

/** Looks once a day which servers are missing; deletes what is kept of those that have been for seven days. */
async function sweepServers(
  store: Store,
  connection: Connection,
  log: Log,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const { missing, forgotten } = await retryWhileBusy(
        () => sweepGuilds(store, connection.servers(), clock.now()),
        clock,
      );
      if (missing.length > 0) log.warn({ servers: missing }, serversMissing);
      if (forgotten.length > 0) log.warn({ servers: forgotten }, serversForgotten);
    } catch (error) {
      log.error(failure(error), notForgotten);
    }
    await clock.sleep(sweepEvery, signal);
  }
}

const serversMissing =
  'Servers that this store keeps settings of do not have the bot any more; they are deleted after seven days.';
const serversForgotten = 'Servers that had been without the bot for seven days are deleted.';
const placeNotGivenUp =
  'The place of the one bot could not be given up; another gets it once this process is gone.';
const notForgotten = 'What is kept of a server that is gone could not be deleted.';
