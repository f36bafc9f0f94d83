import { z } from 'zod';
import type { Store } from './database.ts';
import { parseRow } from './rows.ts';

/** Notes that the bot keeps something of a server, where that is not known yet; what belongs to it refers to this. */
export function noteGuild(store: Store, guild: string, now: number): void {
  store.write('INSERT INTO guilds VALUES (@guild, @now) ON CONFLICT DO NOTHING', { guild, now });
}

/** Deletes all that is kept of a server. */
export function forgetGuild(store: Store, guild: string): void {
  store.write('DELETE FROM guilds WHERE id = @guild', { guild });
}

/** Deletes all that is kept of any other server: those that removed the bot while it was away. */
export function forgetGuildsExcept(store: Store, present: readonly string[]): void {
  const there = new Set(present);
  store.transaction(() => {
    for (const row of store.rows('SELECT id FROM guilds')) {
      const { id } = parseRow(z.object({ id: z.string() }), row, 'A server');
      if (!there.has(id)) forgetGuild(store, id);
    }
  });
}
