import { z } from 'zod';
import type { Store } from './database.ts';
import { claimHeartbeat, findHeartbeat, type Heartbeat, type Lease } from './heartbeats.ts';
import { parseRow } from './rows.ts';

const name = 'bot';

const botInfoForm = z.object({
  started: z.int(),
  connected: z.boolean(),
  servers: z.int(),
  requests: z.int(),
  texts: z.int(),
  posts: z.int(),
  failures: z.int(),
});

/** What the bot's process tells of itself, counted from its start. */
export interface BotInfo {
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly connected: boolean;
  readonly servers: number;
  /** Commands and presses of buttons. */
  readonly requests: number;
  /** Texts written for someone. */
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
  return heartbeat && { ...heartbeat, info: parseRow(botInfoForm, heartbeat.info, 'The bot') };
}
