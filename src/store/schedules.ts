import { z } from 'zod';
import type { Store } from './database.ts';
import { noteGuild } from './guilds.ts';
import { parseRow } from './rows.ts';

/** In the place of a corpus: the books in turn. */
export const turns = 'turns';

export const dailyKinds = ['written', 'real'] as const;
/** Whether a network writes what is posted, or it is taken from the book itself. */
export type DailyKind = (typeof dailyKinds)[number];

/** A day to post for (`2026-01-31`, where the schedule is), and when: milliseconds since 1970. */
export interface Occurrence {
  readonly day: string;
  readonly due: number;
}

/** What a server asked to be posted every day. */
export interface ScheduleWish {
  readonly guild: string;
  readonly channel: string;
  /** `08:30`, where the time zone is. */
  readonly time: string;
  /** An IANA name: `America/Sao_Paulo`. */
  readonly zone: string;
  /** The name of a corpus, or `turns`. */
  readonly book: string;
  readonly kind: DailyKind;
  readonly locale: string;
  /** Who set it. */
  readonly setBy: string;
}

/** A server's daily post as the store keeps it. */
export interface Schedule extends ScheduleWish {
  /** Why nothing is posted: someone asked for it, or Discord refused too often. Null while posts are made. */
  readonly paused: 'asked' | 'refused' | null;
  /** Refusals in a row. */
  readonly refusals: number;
  readonly next: Occurrence;
}

const scheduleSchema = z
  .object({
    guild: z.string(),
    channel: z.string(),
    time: z.string().regex(/^\d\d:\d\d$/),
    zone: z.string(),
    book: z.string(),
    kind: z.enum(dailyKinds),
    locale: z.string(),
    setBy: z.string(),
    paused: z.enum(['asked', 'refused']).nullable(),
    refusals: z.int(),
    day: z.string(),
    due: z.int(),
  })
  .transform(({ day, due, ...rest }): Schedule => ({ ...rest, next: { day, due } }));

/** Sets a server's schedule, in the place of the one it has. */
export function setSchedule(store: Store, wish: ScheduleWish, next: Occurrence, now: number): void {
  store.transaction(() => {
    noteGuild(store, wish.guild, now);
    store.write(
      `INSERT OR REPLACE INTO schedules
         (guild, channel, time, zone, book, kind, locale, setBy, day, due)
       VALUES (@guild, @channel, @time, @zone, @book, @kind, @locale, @setBy, @day, @due)`,
      { ...wish, ...next },
    );
  });
}

/** The schedule of a server, undefined where it has none. @throws EscribaError where its row is damaged */
export function findSchedule(store: Store, guild: string): Schedule | undefined {
  const row = store.row('SELECT * FROM schedules WHERE guild = @guild', { guild });
  return row === undefined ? undefined : scheduleOf(row);
}

/** Stops a server's posts because someone asked for it; the schedule stays. */
export function pauseSchedule(store: Store, guild: string): void {
  store.write(`UPDATE schedules SET paused = 'asked' WHERE guild = @guild`, { guild });
}

/** Lets a paused schedule post again, next at the occurrence given, and clears its count of refusals. */
export function resumeSchedule(store: Store, guild: string, { day, due }: Occurrence): void {
  store.write(
    `UPDATE schedules SET paused = NULL, refusals = 0, day = @day, due = @due
     WHERE guild = @guild`,
    { guild, day, due },
  );
}

/** Posts that were made stay known, so that no day is posted for twice. */
export function removeSchedule(store: Store, guild: string): void {
  store.write('DELETE FROM schedules WHERE guild = @guild', { guild });
}

/** Forgets who set the schedules that someone has set. @returns how many there were */
export function forgetSetter(store: Store, person: string): number {
  return store.write(`UPDATE schedules SET setBy = '' WHERE setBy = @person`, { person }).changes;
}

/** All schedules: those that post first, by when they next do, and then those that are paused. */
export function listSchedules(store: Store, limit: number): Schedule[] {
  return store
    .rows('SELECT * FROM schedules ORDER BY paused IS NOT NULL, due LIMIT @limit', { limit })
    .map(scheduleOf);
}

/** The schedules whose time has come, those that wait longest first; with one of them, those that come after it. */
export function dueSchedules(
  store: Store,
  now: number,
  limit: number,
  after?: Schedule,
): Schedule[] {
  const { guild = '', next } = after ?? {};
  return store
    .rows(
      `SELECT * FROM schedules WHERE paused IS NULL AND due <= @now AND (due, guild) > (@due, @guild)
         AND guild NOT IN (SELECT id FROM guilds WHERE gone IS NOT NULL)
       ORDER BY due, guild LIMIT @limit`,
      { now, limit, guild, due: next?.due ?? Number.NEGATIVE_INFINITY },
    )
    .map(scheduleOf);
}

/** The schedules that are to post only after a moment. */
export function schedulesAfter(store: Store, moment: number): Schedule[] {
  return store
    .rows('SELECT * FROM schedules WHERE paused IS NULL AND due > @moment', { moment })
    .map(scheduleOf);
}

/** When the next post of all is due that is due after a moment; null where none is. */
export function nextDue(store: Store, after = Number.NEGATIVE_INFINITY): number | null {
  const row = store.row(
    `SELECT min(due) AS due FROM schedules WHERE paused IS NULL AND due > @after
       AND guild NOT IN (SELECT id FROM guilds WHERE gone IS NOT NULL)`,
    { after },
  );
  return z.object({ due: z.int().nullable() }).parse(row).due;
}

function scheduleOf(row: unknown): Schedule {
  return parseRow(scheduleSchema, row, 'A schedule');
}
