import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  RateLimitError,
  REST,
  type RESTOptions,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { BadInput, EscribaError } from '../../src/errors.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { describeFailure, isRefusal } from './failures.ts';
import { retryUntil } from './retry-until.ts';

/** The application that a token belongs to. */
export interface Application {
  readonly id: string;
  readonly name: string;
}

const applicationSchema = z.object({
  id: z.string(),
  name: z.string(),
  interactions_endpoint_url: z.string().nullish(),
});
/** The longest wait that discord.js may sit out by itself; a longer one is reported to the caller. */
const longestRateLimit = 60_000;

/**
 * What every REST of the bot has in common.
 *
 * @param apiUrl - another base than Discord's own, `http://127.0.0.1:8080/api`
 * @throws BadInput where it is no address
 */
export function restOptions(apiUrl: string | undefined): Partial<RESTOptions> {
  return {
    ...(apiUrl === undefined ? {} : { api: readApiUrl(apiUrl) }),
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > longestRateLimit,
  };
}

function readApiUrl(value: string): string {
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new BadInput(
      `DISCORD_API_URL is not an address: ${value}.`,
      'Give the base of a REST API, as in http://127.0.0.1:8080/api, or leave it out for Discord itself.',
    );
  }
  return value.replace(/\/+$/, '');
}

export interface ApplicationQuery {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly clock: Clock;
  /** How long it is tried again while Discord cannot be reached, in milliseconds. */
  readonly within: number;
  readonly signal?: AbortSignal | undefined;
  readonly log?: Log;
}

/**
 * Asks Discord whose token this is.
 *
 * @throws BadInput where the token is refused, or Discord would send what people do to another address
 * @throws EscribaError where Discord cannot be reached
 */
export async function fetchApplication(query: ApplicationQuery): Promise<Application> {
  const { token, apiUrl, clock, within, signal, log } = query;
  const rest = new REST({ ...restOptions(apiUrl), retries: 0 }).setToken(token);
  const options = signal ? { signal } : {};
  try {
    const {
      id,
      name,
      interactions_endpoint_url: elsewhere,
    } = applicationSchema.parse(
      await retryUntil(
        () => rest.get(Routes.currentApplication(), options),
        clock.now() + within,
        clock,
        { signal, onRetry: (error) => log && logRetry(log, error) },
      ),
    );
    if (elsewhere) {
      throw new BadInput(
        `Discord sends the commands of ${name} to another program: the application has an Interactions Endpoint URL.`,
        'Empty that field in the Developer Portal, under General Information, and start the bot again.',
      );
    }
    return { id, name };
  } catch (error) {
    throw connectionError(error);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** One line for each try: no stack of the network's own says more than why. */
export function logRetry(log: Log, error: unknown): void {
  const reason = reasonOf(error);
  log.warn(reason === '' ? describeFailure(error) : {}, `${unreachable}${reason}; trying again.`);
}

/** What the message of a connection's trouble that may pass begins with. */
export const unreachable = 'Discord cannot be reached';

/** The gateway's close codes that end a bot for good: what discord.js says of each at the start, and what to do about it. */
const turnedAway: Readonly<
  Record<number, { readonly said: string; readonly message: string; readonly remedy: string }>
> = {
  4010: {
    said: 'Invalid shard',
    message: 'Discord does not know the shard that the bot asked for (gateway close code 4010).',
    remedy: 'Start the bot again: it then asks how many shards it needs.',
  },
  4011: {
    said: 'Sharding is required',
    message: 'The bot is in too many servers for its connections (gateway close code 4011).',
    remedy: 'Start the bot again: it then asks how many shards it needs.',
  },
  4012: {
    said: 'Used an invalid API version',
    message: "Discord does not speak this version's protocol any more (gateway close code 4012).",
    remedy: 'Update Escriba.',
  },
  4013: {
    said: 'Used invalid intents',
    message: 'Discord does not know the intents that the bot asked for (gateway close code 4013).',
    remedy: 'Update Escriba.',
  },
  4014: {
    said: 'Used disallowed intents',
    message:
      'Discord does not let this application connect with the intents it asked for (gateway close code 4014).',
    remedy:
      'Escriba asks for no privileged intent: see in the Developer Portal that the application is not limited.',
  },
};
/** The close code for a token that is not taken. */
const authenticationFailed = 4004;

/** Why Discord has turned the bot away while it ran, by the code that it closed with. */
export function closeError(code: number): EscribaError {
  if (code === authenticationFailed) {
    // It is refused again, however often the bot is started.
    return new BadInput(
      'Discord does not accept the token any more (gateway close code 4004).',
      'See whether it was reset in the Developer Portal; put the new one into .env and start the bot again.',
    );
  }
  const known = turnedAway[code];
  return new EscribaError(
    known?.message ?? `Discord has turned the bot away (gateway close code ${code}).`,
    known?.remedy ?? 'Start the bot again, and see what discordstatus.com says.',
  );
}

/** Why the bot cannot be on Discord, as its owner is told. */
export function connectionError(error: unknown): EscribaError {
  if (error instanceof EscribaError) return error;
  const cause = { cause: error };
  if (isTokenRefusal(error)) {
    return new BadInput(
      'Discord does not accept the token.',
      'Reset it in the Developer Portal, under Bot, and put the new one into .env as DISCORD_TOKEN.',
      cause,
    );
  }
  const known = Object.values(turnedAway).find(
    ({ said }) => error instanceof Error && error.message === said,
  );
  if (known) return new EscribaError(known.message, known.remedy, cause);
  if (error instanceof Error && error.message.startsWith('Not enough sessions')) {
    const [, resets = 'tomorrow'] = /resets at (\S+)/.exec(error.message) ?? [];
    return new EscribaError(
      'The bot has connected too often today: Discord gives it no more sessions.',
      `Wait until ${resets}, and see in the log what made it start over and over.`,
      cause,
    );
  }
  return new EscribaError(
    `${unreachable}${reasonOf(error)}.`,
    'See whether this machine is on the network and what discordstatus.com says, then start the bot again.',
    cause,
  );
}

/** What is known of why, in parentheses. */
function reasonOf(error: unknown): string {
  if (error instanceof RateLimitError) {
    return ` (rate limited for ${Math.ceil(error.retryAfter / 60_000)} minutes)`;
  }
  if (error instanceof HTTPError || error instanceof DiscordAPIError) return ` (${error.status})`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}

function isTokenRefusal(error: unknown): boolean {
  if (isRefusal(error)) return error.status === 401;
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  return error instanceof Error && error.message === 'Authentication failed';
}
