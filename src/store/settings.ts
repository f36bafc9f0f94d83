import { z } from 'zod';
import type { Store } from './database.ts';
import { noteGuild } from './guilds.ts';
import { json, parseRow } from './rows.ts';

export const signs = ['full', 'short', 'shortest'] as const;
/** How much is said under an invented text beside that a network invented it. */
export type Sign = (typeof signs)[number];

/** What a server wants of the bot. */
export interface ServerSettings {
  /** The language of posts and public answers: a tag, `server` for the one it has in Discord, `asker` for each asker's own. */
  readonly language: string;
  /** The corpora that can be used there; null for all. */
  readonly texts: readonly string[] | null;
  /** Seconds that each person waits between two texts, 0 for no more than everywhere. */
  readonly cooldown: number;
  /** Whether words are filtered: the usual ones, and these. */
  readonly filtered: boolean;
  readonly words: readonly string[];
  readonly sign: Sign;
}

/** Those of a server that has set nothing. */
export const usualSettings: ServerSettings = {
  language: 'server',
  texts: null,
  cooldown: 0,
  filtered: false,
  words: [],
  sign: 'full',
};

const list = json(z.array(z.string()));
const settingsSchema = z.object({
  language: z.string(),
  texts: list.nullable(),
  cooldown: z.int(),
  filtered: z.int().transform(Boolean),
  words: list,
  sign: z.enum(signs),
}) satisfies z.ZodType<ServerSettings>;

/** The settings of a server, the usual ones where it has set nothing. @throws EscribaError where its row is damaged */
export function readSettings(store: Store, guild: string): ServerSettings {
  const row = store.row('SELECT * FROM settings WHERE guild = @guild', { guild });
  return row === undefined
    ? usualSettings
    : parseRow(settingsSchema, row, 'The settings of a server');
}

/** Keeps the settings of a server. */
export function writeSettings(
  store: Store,
  guild: string,
  settings: ServerSettings,
  now: number,
): void {
  store.transaction(() => {
    noteGuild(store, guild, now);
    store.write(
      `INSERT OR REPLACE INTO settings (guild, language, texts, cooldown, filtered, words, sign)
       VALUES (@guild, @language, @texts, @cooldown, @filtered, @words, @sign)`,
      {
        ...{ guild, language: settings.language, cooldown: settings.cooldown, sign: settings.sign },
        texts: settings.texts && JSON.stringify(settings.texts),
        filtered: Number(settings.filtered),
        words: JSON.stringify(settings.words),
      },
    );
  });
}

/** Forgets what a server has set. */
export function removeSettings(store: Store, guild: string): void {
  store.write('DELETE FROM settings WHERE guild = @guild', { guild });
}
