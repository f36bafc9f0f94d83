import { once } from 'node:events';
import { type Client, Events, GatewayDispatchEvents, REST } from 'discord.js';
import type { EscribaError } from '../../src/errors.ts';
import { type Clock, realClock } from '../core/clock.ts';
import type { Command, MessageCommand } from '../core/command.ts';
import type { Dispatcher } from '../core/dispatch.ts';
import type { Log } from '../core/log.ts';
import type { Poster } from '../core/posting.ts';
import { withTimeout } from '../core/with-timeout.ts';
import {
  closeError,
  connectionError,
  fetchApplication,
  logRetry,
  restOptions,
  unreachable,
} from './application.ts';
import { createClient, missingInCache } from './client.ts';
import { describeFailure } from './failures.ts';
import { interactionCalls } from './interaction-calls.ts';
import { createPoster } from './poster.ts';
import { createReception } from './reception.ts';
import { createRedactor, redactedLog } from './redactor.ts';
import { register, registerLater, unregister } from './registration.ts';
import { retryUntil } from './retry-until.ts';
import { type ConnectionStatus, watchStatus } from './status.ts';

export interface ConnectionOptions {
  /** As `readToken` gives it. */
  readonly token: string;
  /** Another REST base than Discord's. */
  readonly apiUrl?: string;
  /** Registers the commands in this server, where they are there at once, instead of everywhere. */
  readonly guildId?: string;
  readonly commands: readonly Command<unknown>[];
  readonly messageCommands?: readonly MessageCommand<unknown>[];
  readonly dispatcher: Dispatcher;
  readonly log: Log;
  /** Told the ids of the slash commands by their English names. */
  readonly onRegistered?: (ids: ReadonlyMap<string, string>) => void;
  readonly onStatus?: (status: ConnectionStatus) => void;
  /** A request was answered, so long after it came. */
  readonly onAnswered?: (milliseconds: number) => void;
  /** Told whose token it is, before anything is done in that application's name; what it throws ends the start. */
  readonly onApplication?: (applicationId: string) => Promise<void>;
  readonly onServerJoined?: (guildId: string) => void;
  /** A server removed the bot, or is no more. */
  readonly onServerLeft?: (guildId: string) => void;
  /** Discord turned the bot away for good while it ran: its token was reset. */
  readonly onRefused?: (error: EscribaError) => void;
  /** Ends the start where it fires before the bot is on Discord. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** The bot on Discord. */
export interface Connection {
  readonly applicationId: string;
  readonly poster: Poster;
  /** The servers that have installed the bot. */
  servers(): readonly string[];
  /**
   * Leaves: accepts nothing new, finishes requests in progress, and apologizes for those not done in time.
   *
   * @param milliseconds - the most it takes, 10 s where nothing is said
   */
  close(milliseconds?: number): Promise<void>;
}

const sweepEvery = 60_000;
const longestGoodbye = 10_000;
/** How long it is tried to get on Discord, in milliseconds. */
const startWithin = 2 * 60_000;
/** How often a lasting problem is logged, in milliseconds. */
const troubleEvery = 5 * 60_000;
/** In no more servers than these is it looked whether commands were once registered there: who tries them in one has few. */
const mostLookedThrough = 10;

/**
 * Registers the commands if they changed, connects, and answers from then on. Resolves when every server that
 * has the bot is known.
 *
 * @throws EscribaError where Discord refuses the token or the commands, or cannot be reached
 */
export async function connectDiscord(options: ConnectionOptions): Promise<Connection> {
  const { token, apiUrl, dispatcher, clock = realClock } = options;
  const redact = createRedactor(token);
  const log = redactedLog(options.log, redact);
  const ended = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  const { id: applicationId } = await fetchApplication({
    ...{ token, apiUrl, clock, signal, log },
    within: startWithin,
  });
  await options.onApplication?.(applicationId);
  signal.throwIfAborted();
  const client = createClient(apiUrl);
  const missingIn = missingInCache(client);
  const { commands, messageCommands = [], guildId = null } = options;
  const rest = client.rest.setToken(token);
  const { onRegistered = () => {} } = options;
  const registration = {
    ...{
      rest,
      applicationId,
      guildId,
      commands,
      messageCommands,
      onRegistered,
      log,
      clock,
      signal,
    },
  };
  if (!(await register(registration))) void registerLater(registration);

  const interactionRest = new REST({
    ...restOptions(apiUrl),
    // Discord does not count what is answered to interactions; what is tried again, `retryUntil` tries again.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    retries: 0,
    // Each interaction has a rate limit of its own, to be forgotten with it.
    handlerSweepInterval: sweepEvery,
  });
  const reception = createReception({
    dispatcher,
    log,
    clock,
    missingIn,
    onAnswered: options.onAnswered ?? (() => {}),
    callsFor: (incoming) => interactionCalls(interactionRest, applicationId, incoming, clock),
  });
  // Not the client's own event: that one waits until every shard and server is there.
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (payload: unknown) =>
    reception.receive(takenFrom(payload)),
  );
  const guard = (reason: unknown) => log.error(describeFailure(reason), notRead);
  process.on('unhandledRejection', guard);
  listen(client, options, log, clock);
  try {
    await login(client, token, { clock, log, signal });
  } catch (error) {
    process.off('unhandledRejection', guard);
    ended.abort();
    void client.destroy();
    throw error;
  }
  await unregister(otherScopes(client, guildId), { rest, applicationId, log });
  const once = new REST({ ...restOptions(apiUrl), retries: 0 }).setToken(token);
  const poster = createPoster({
    client,
    once,
    me: client.user?.id ?? applicationId,
    missingIn,
    clock,
  });

  return {
    applicationId,
    poster,
    servers: () => [...client.guilds.cache.keys()],
    async close(milliseconds = longestGoodbye) {
      ended.abort();
      await reception.close(0.9 * milliseconds);
      client.removeAllListeners(Events.ShardReconnecting);
      await withTimeout(client.destroy(), 0.1 * milliseconds, clock);
      for (const each of [interactionRest, once]) {
        each.clearHashSweeper();
        each.clearHandlerSweeper();
      }
      process.off('unhandledRejection', guard);
    },
  };
}

/** Where commands may be registered from before `DISCORD_GUILD_ID` was set or dropped: everywhere (null), or in servers. */
function otherScopes(client: Client, guildId: string | null): readonly (string | null)[] {
  if (guildId !== null) return [null];
  const servers = [...client.guilds.cache.keys()];
  return servers.length <= mostLookedThrough ? servers : [];
}

/**
 * An interaction, taken away from discord.js: it would parse each a second time, for nobody, and where one lacks what
 * discord.js expects of it, the process would end.
 */
function takenFrom(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null) return payload;
  const own = { ...payload };
  for (const key of Object.keys(payload)) Reflect.deleteProperty(payload, key);
  return own;
}

const notRead = 'Something that came from Discord could not be read.';

/** Passes a message on once, and then at most every five minutes, with how many were left out. */
function seldom(clock: Clock, write: (fields: object) => void): (fields: object) => void {
  let last = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  return (fields) => {
    const now = clock.now();
    if (now - last < troubleEvery) {
      leftOut++;
      return;
    }
    write(leftOut === 0 ? fields : { ...fields, repeated: leftOut });
    last = now;
    leftOut = 0;
  };
}

function listen(client: Client, options: ConnectionOptions, log: Log, clock: Clock): void {
  if (options.onStatus) watchStatus(client, options.onStatus);
  client.on(Events.GuildCreate, ({ id }) => options.onServerJoined?.(id));
  client.on(Events.GuildDelete, ({ id }) => options.onServerLeft?.(id));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, code }, 'Discord has turned the bot away.');
    if (client.isReady()) {
      options.onRefused?.(closeError(code));
    }
  });
  const reconnecting = seldom(clock, (fields) => log.warn(fields, 'Connecting to Discord anew.'));
  const failed = seldom(clock, (fields) => log.warn(fields, 'The connection to Discord failed.'));
  client.on(Events.ShardReconnecting, (shard) => reconnecting({ shard }));
  client.on(Events.ShardResume, (shard, replayed) =>
    log.info({ shard, replayed }, 'Resumed on Discord.'),
  );
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'Connected to Discord.'));
  client.on(Events.ShardError, (error, shard) => failed({ shard, ...describeFailure(error) }));
  client.on(Events.Error, (error) => log.error(describeFailure(error), 'discord.js failed.'));
  client.on(Events.Warn, (message) => log.warn({ warning: message }, 'discord.js warns.'));
}

async function login(
  client: Client,
  token: string,
  {
    clock,
    log,
    signal,
  }: { readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  // What is asked of Discord meanwhile cannot be taken back, and is left to itself.
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const ready = once(client, Events.ClientReady);
  // Whoever waits for it is told of a failure by `login`.
  ready.catch(() => {});
  try {
    const connecting = retryUntil(() => client.login(token), clock.now() + startWithin, clock, {
      signal,
      onRetry: (error) => {
        // What the gateway says is no trouble that passes; it comes as an error with its words alone.
        const told = connectionError(error);
        if (!told.message.startsWith(unreachable)) throw told;
        logRetry(log, error);
      },
    });
    await Promise.race([connecting, aborted.promise]);
    await Promise.race([ready, aborted.promise]);
  } catch (error) {
    throw signal.aborted ? error : connectionError(error);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
