import { z } from 'zod';
import type { Store } from './database.ts';
import { noteGuild } from './guilds.ts';
import { parseRow } from './rows.ts';

/** A text that the bot wrote for someone, and what it was asked for. */
export interface Exchange {
  /** Unique; the buttons under the text name it. */
  readonly id: string;
  /** The server, with which it goes; null in private messages, and in a server that has not installed the bot. */
  readonly guild: string | null;
  readonly channel: string;
  readonly asker: string;
  readonly corpus: string;
  /** The run that was chosen; null for the one that serves. */
  readonly run: number | null;
  /** The seed that the text continues. */
  readonly seed: string;
  /** Whether the seed is the end of an earlier text, and not to be shown again. */
  readonly continues: boolean;
  /** Verses or sentences. */
  readonly amount: number;
  readonly temperature: number;
  readonly text: string;
  /** Whether it ends where a verse or a sentence does. */
  readonly whole: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
}

const exchangeSchema = z.object({
  id: z.string(),
  guild: z.string().nullable(),
  channel: z.string(),
  asker: z.string(),
  corpus: z.string(),
  run: z.int().nullable(),
  seed: z.string(),
  continues: z.int().transform(Boolean),
  amount: z.int(),
  temperature: z.number(),
  text: z.string(),
  whole: z.int().transform(Boolean),
  created: z.int(),
}) satisfies z.ZodType<Exchange>;

/** Keeps a text that the bot wrote, and the server as known where it has one. */
export function recordExchange(store: Store, exchange: Exchange): void {
  store.transaction(() => {
    if (exchange.guild !== null) noteGuild(store, exchange.guild, exchange.created);
    store.write(
      `INSERT INTO exchanges VALUES (@id, @guild, @channel, @asker, @corpus, @run, @seed, @continues,
         @amount, @temperature, @text, @whole, @created)`,
      { ...exchange, continues: Number(exchange.continues), whole: Number(exchange.whole) },
    );
  });
}

/** A text by its id, undefined once it is forgotten. @throws EscribaError where its row is damaged */
export function findExchange(store: Store, id: string): Exchange | undefined {
  const row = store.row('SELECT * FROM exchanges WHERE id = @id', { id });
  return row === undefined ? undefined : parseRow(exchangeSchema, row, 'A text of the bot');
}

/** Deletes those written before a moment. */
export function forgetExchangesBefore(store: Store, moment: number): void {
  store.write('DELETE FROM exchanges WHERE created < @moment', { moment });
}

/** Deletes one text; nothing happens where there is none of that id. */
export function forgetExchange(store: Store, id: string): void {
  store.write('DELETE FROM exchanges WHERE id = @id', { id });
}

/** The texts that were written for someone, the oldest first. */
export function listExchangesOf(store: Store, asker: string): Exchange[] {
  return store
    .rows('SELECT * FROM exchanges WHERE asker = @asker ORDER BY created, id', { asker })
    .map((row) => parseRow(exchangeSchema, row, 'A text of the bot'));
}

/** Deletes the texts that were written for someone. @returns how many there were */
export function forgetExchangesOf(store: Store, asker: string): number {
  return store.write('DELETE FROM exchanges WHERE asker = @asker', { asker }).changes;
}
