import { z } from 'zod';
import { BadInput } from '../errors.ts';
import type { Store } from './database.ts';
import { parseRow } from './rows.ts';

/** How long it is kept what belongs to a server that is found missing, in milliseconds: seven days. */
const missingFor = 7 * 24 * 60 * 60 * 1000;

/** Notes that the bot keeps something of a server, where that is not known yet; what belongs to it refers to this. */
export function noteGuild(store: Store, guild: string, now: number): void {
  store.write('INSERT INTO guilds (id, since) VALUES (@guild, @now) ON CONFLICT DO NOTHING', {
    guild,
    now,
  });
}

/** Deletes all that is kept of a server. */
export function forgetGuild(store: Store, guild: string): void {
  store.write('DELETE FROM guilds WHERE id = @guild', { guild });
}

/** What became of the servers that a store knows. */
export interface GuildsSwept {
  /** Found missing for the first time: they are kept for seven days more. */
  readonly missing: readonly string[];
  /** Missing for seven days, and deleted with all that was kept of them. */
  readonly forgotten: readonly string[];
}

/**
 * Looks which servers the bot is in no more: those that removed it while it was away. They may be missing by mistake,
 * so that nothing of them is deleted before they have been missing for seven days.
 *
 * @param present - all servers that the bot is in
 */
export function sweepGuilds(store: Store, present: readonly string[], now: number): GuildsSwept {
  const there = new Set(present);
  return store.transaction(() => {
    const swept = { missing: [] as string[], forgotten: [] as string[] };
    for (const row of store.rows('SELECT id, gone FROM guilds')) {
      const { id, gone } = parseRow(guildSchema, row, 'A server');
      if (there.has(id)) {
        if (gone !== null) store.write('UPDATE guilds SET gone = NULL WHERE id = @id', { id });
      } else if (gone === null) {
        store.write('UPDATE guilds SET gone = @now WHERE id = @id', { id, now });
        swept.missing.push(id);
      } else if (now - gone >= missingFor) {
        forgetGuild(store, id);
        swept.forgotten.push(id);
      }
    }
    return swept;
  });
}

const guildSchema = z.object({ id: z.string(), gone: z.int().nullable() });

/**
 * Makes a store the one of an application: the servers that it keeps are that bot's.
 *
 * @param takeOver - whether it may be taken from another application
 * @throws BadInput where it is another application's, and may not be
 */
export function claimStore(store: Store, application: string, takeOver: boolean): void {
  store.transaction(() => {
    const row = store.row('SELECT id FROM application');
    const known = row && parseRow(z.object({ id: z.string() }), row, 'The application').id;
    if (known === application) return;
    if (known !== undefined && !takeOver) {
      throw new BadInput(
        `The store ${store.path} belongs to another bot (application ${known}), and this token to application ${application}.`,
        'Give this bot a store of its own with ESCRIBA_DB, or hand this one over to it with --take-over: what is kept of the servers that it is not in goes after seven days.',
      );
    }
    store.write('DELETE FROM application');
    store.write('INSERT INTO application (id) VALUES (@application)', { application });
  });
}
