import { z } from 'zod';
import type { Store } from './database.ts';
import { noteGuild } from './guilds.ts';
import { parseRow } from './rows.ts';

/** In the place of a corpus: the books in turn. */
export const turns = 'turns';

export const dailyKinds = ['written', 'real'] as const;
/** Whether a network writes what is posted, or it is taken from the book itself. */
export type DailyKind = (typeof dailyKinds)[number];

export const looks = ['text', 'card'] as const;
/** Whether a post is text, or a picture of a page with it. */
export type Look = (typeof looks)[number];

/** Every day of the week: one bit for each, Monday's is 1. */
export const everyDay = 0b1111111;

/** A day to post for (`2026-01-31`, where the schedule is), and when: milliseconds since 1970. */
export interface Occurrence {
  readonly day: string;
  readonly due: number;
}

/** One of the schedules of a server, by its number: 1, 2 and so on. */
export interface ScheduleKey {
  readonly guild: string;
  readonly number: number;
}

/** What a server asked to be posted. */
export interface ScheduleWish extends ScheduleKey {
  readonly channel: string;
  /** `08:30`, where the time zone is. */
  readonly time: string;
  /** An IANA name: `America/Sao_Paulo`. */
  readonly zone: string;
  /** The days of the week, as `everyDay` has them; at least one. */
  readonly days: number;
  /** The name of a corpus, or `turns`. */
  readonly book: string;
  readonly kind: DailyKind;
  readonly look: Look;
  /** The role that a post mentions; null for none. */
  readonly role: string | null;
  /** Whether a post in an announcement channel goes to those that follow it. */
  readonly publish: boolean;
  readonly locale: string;
  /** Who set it; empty where they had that deleted. */
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
    number: z.int().min(1),
    channel: z.string(),
    time: z.string().regex(/^\d\d:\d\d$/),
    zone: z.string(),
    days: z.int().min(1).max(everyDay),
    book: z.string(),
    kind: z.enum(dailyKinds),
    look: z.enum(looks),
    role: z.string().nullable(),
    publish: z.int().transform(Boolean),
    locale: z.string(),
    setBy: z.string(),
    paused: z.enum(['asked', 'refused']).nullable(),
    refusals: z.int(),
    day: z.string(),
    due: z.int(),
  })
  .transform(({ day, due, ...rest }): Schedule => ({ ...rest, next: { day, due } }));

/** Sets a schedule of a server, in the place of the one of its number. */
export function setSchedule(store: Store, wish: ScheduleWish, next: Occurrence, now: number): void {
  store.transaction(() => {
    noteGuild(store, wish.guild, now);
    store.write(
      `INSERT OR REPLACE INTO schedules
         (guild, number, channel, time, zone, days, book, kind, look, role, publish, locale, setBy, day, due)
       VALUES (@guild, @number, @channel, @time, @zone, @days, @book, @kind, @look, @role, @publish,
         @locale, @setBy, @day, @due)`,
      { ...wish, publish: Number(wish.publish), ...next },
    );
  });
}

/** A schedule by its number, undefined where there is none. @throws EscribaError where its row is damaged */
export function findSchedule(store: Store, key: ScheduleKey): Schedule | undefined {
  const row = store.row(`SELECT * FROM schedules WHERE ${isIt}`, nameOf(key));
  return row === undefined ? undefined : scheduleOf(row);
}

/** The schedules of a server, by their numbers. */
export function schedulesOf(store: Store, guild: string): Schedule[] {
  return store
    .rows('SELECT * FROM schedules WHERE guild = @guild ORDER BY number', { guild })
    .map(scheduleOf);
}

/** Stops the posts of a schedule because someone asked for it; the schedule stays. */
export function pauseSchedule(store: Store, key: ScheduleKey): void {
  store.write(`UPDATE schedules SET paused = 'asked' WHERE ${isIt}`, nameOf(key));
}

/** Lets a paused schedule post again, next at the occurrence given, and clears its count of refusals. */
export function resumeSchedule(store: Store, key: ScheduleKey, { day, due }: Occurrence): void {
  store.write(
    `UPDATE schedules SET paused = NULL, refusals = 0, day = @day, due = @due WHERE ${isIt}`,
    { ...nameOf(key), day, due },
  );
}

/** Posts that were made stay known, so that no day is posted for twice under that number. */
export function removeSchedule(store: Store, key: ScheduleKey): void {
  store.write(`DELETE FROM schedules WHERE ${isIt}`, nameOf(key));
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
  const { guild = '', number = 0, next } = after ?? {};
  return store
    .rows(
      `SELECT * FROM schedules WHERE paused IS NULL AND due <= @now
         AND (due, guild, number) > (@due, @guild, @number)
         AND guild NOT IN (SELECT id FROM guilds WHERE gone IS NOT NULL)
       ORDER BY due, guild, number LIMIT @limit`,
      { now, limit, guild, number, due: next?.due ?? Number.NEGATIVE_INFINITY },
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

const isIt = 'guild = @guild AND number = @number';

function nameOf({ guild, number }: ScheduleKey) {
  return { guild, number };
}

function scheduleOf(row: unknown): Schedule {
  return parseRow(scheduleSchema, row, 'A schedule');
}
