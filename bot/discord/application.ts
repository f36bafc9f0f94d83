import {
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  REST,
  type RESTOptions,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { BadInput, EscribaError } from '../../src/errors.ts';
import { isRefusal } from './failures.ts';

/** The application that a token belongs to. */
export interface Application {
  readonly id: string;
  readonly name: string;
}

const application = z.object({ id: z.string(), name: z.string() });
/** A longer wait than this is taken up with whoever asked, instead of being sat out in the library. */
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
      `DISCORD_API_URL is no address: ${value}.`,
      'Give the base of a REST API, as in http://127.0.0.1:8080/api, or leave it out for Discord itself.',
    );
  }
  return value.replace(/\/+$/, '');
}

/**
 * Asks Discord whose token this is.
 *
 * @throws EscribaError where the token is refused, or Discord cannot be reached
 */
export async function fetchApplication(token: string, apiUrl?: string): Promise<Application> {
  const rest = new REST(restOptions(apiUrl)).setToken(token);
  try {
    return application.parse(await rest.get(Routes.currentApplication()));
  } catch (error) {
    throw connectionError(error);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** Why the bot cannot be on Discord, as its owner is told. */
export function connectionError(error: unknown): EscribaError {
  if (error instanceof EscribaError) return error;
  const cause = { cause: error };
  if (isTokenRefusal(error)) {
    return new EscribaError(
      'Discord does not accept the token.',
      'Reset it in the Developer Portal, under Bot, and put the new one into .env as DISCORD_TOKEN.',
      cause,
    );
  }
  if (error instanceof Error && error.message === 'Used disallowed intents') {
    return new EscribaError(
      'Discord does not let this application connect with the intents it asked for.',
      'Escriba asks for none but the ordinary one of servers: see that the application is not limited.',
      cause,
    );
  }
  const status = error instanceof HTTPError || isRefusal(error) ? ` (${error.status})` : '';
  return new EscribaError(
    `Discord cannot be reached${status}.`,
    'See whether this machine is on the network and what discordstatus.com says, then start the bot again.',
    cause,
  );
}

function isTokenRefusal(error: unknown): boolean {
  if (isRefusal(error)) return error.status === 401;
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  return error instanceof Error && error.message === 'Authentication failed';
}
