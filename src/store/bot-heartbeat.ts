import { z } from 'zod';
import type { Store } from './database.ts';
import { claimHeartbeat, findHeartbeat, type Heartbeat, type Lease } from './heartbeats.ts';
import { parseRow } from './rows.ts';

const name = 'bot';

const botInfoSchema = z.object({
  started: z.int(),
  connected: z.boolean(),
  servers: z.int(),
  requests: z.int(),
  // A bot of an older version does not tell these.
  cooldowns: z.int().default(0),
  turnedAway: z.int().default(0),
  waiting: z.int().default(0),
  delays: z.object({ middle: z.int(), longest: z.int() }).nullable().default(null),
  texts: z.int(),
  posts: z.int(),
  failures: z.int(),
});

/** What the bot's process reports of itself, counted from its start. */
export interface BotInfo {
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly connected: boolean;
  readonly servers: number;
  /** Commands and presses of buttons. */
  readonly requests: number;
  /** Those of them that were turned away because too much was asked in too short a time. */
  readonly cooldowns: number;
  /** Those that were turned away because too many were waiting for an answer. */
  readonly turnedAway: number;
  /** How many wait for an answer now. */
  readonly waiting: number;
  /** How long the latest answers took, in milliseconds from request to answer: their median, and the longest. */
  readonly delays: { readonly middle: number; readonly longest: number } | null;
  /** Texts written, those of daily posts too. */
  readonly texts: number;
  /** Daily posts made. */
  readonly posts: number;
  readonly failures: number;
}

/** Makes this process the bot of the store. @throws EscribaError while another one is */
export function claimBot(store: Store, info: BotInfo, now: number): Lease {
  return claimHeartbeat(store, name, { ...info }, now);
}

/** The process that is the bot of the store, or was the last to be. */
export function findBot(
  store: Store,
  now: number,
): (Omit<Heartbeat, 'info'> & { readonly info: BotInfo }) | undefined {
  const heartbeat = findHeartbeat(store, name, now);
  return heartbeat && { ...heartbeat, info: parseRow(botInfoSchema, heartbeat.info, 'The bot') };
}
