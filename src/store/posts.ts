import { z } from 'zod';
import type { Store } from './database.ts';
import { json, parseRow } from './rows.ts';
import type { Occurrence, Schedule, ScheduleKey } from './schedules.ts';

const reasons = ['missed', 'changed', 'refused', 'unknown', 'failed'] as const;
/**
 * Why a day was skipped: its time was long over, the schedule was paused, moved or removed before it was surely posted,
 * Discord refused, whether it was posted cannot be told, or there was nothing to post.
 */
export type SkipReason = (typeof reasons)[number];

/** A button under a post, as the bot's messages have them. */
export interface PostButton {
  readonly id: string;
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'danger';
}

/** What the picture of a post shows. */
export interface PostCard {
  /** `Verse of the day` */
  readonly title: string;
  readonly date: string;
  readonly text: string;
  /** Where the text stands, or that it was invented. */
  readonly source: string;
}

/** What is to be posted for a day, and nobody else may post for it. */
export interface Claim extends ScheduleKey {
  readonly day: string;
  readonly channel: string;
  readonly due: number;
  readonly text: string;
  readonly buttons: readonly PostButton[];
  /** Of the thread that it begins in a forum; null in posts of an older version. */
  readonly title: string | null;
  /** The role that the text mentions. */
  readonly role: string | null;
  readonly card: PostCard | null;
  readonly publish: boolean;
  readonly nonce: string;
  /** When it was made, milliseconds since 1970: nothing was sent under its nonce before. */
  readonly claimed: number;
}

/** What became of a day. */
export type Settled = {
  readonly day: string;
  readonly channel: string;
  readonly settled: number;
} & (
  | { readonly state: 'sent'; readonly message: string; readonly thread: string | null }
  | { readonly state: 'skipped'; readonly reason: SkipReason; readonly detail: string | null }
);

/** A schedule pauses itself after this many refusals in a row. */
const mostRefusals = 3;

const buttonsSchema = z.array(
  z.object({
    id: z.string(),
    label: z.string(),
    style: z.enum(['primary', 'secondary', 'danger']),
  }),
);

const cardSchema = z.object({
  title: z.string(),
  date: z.string(),
  text: z.string(),
  source: z.string(),
}) satisfies z.ZodType<PostCard>;

const claimSchema = z.object({
  guild: z.string(),
  number: z.int(),
  day: z.string(),
  channel: z.string(),
  due: z.int(),
  text: z.string(),
  // Claims of an older version have none.
  buttons: json(buttonsSchema)
    .nullable()
    .transform((buttons) => buttons ?? []),
  title: z.string().nullable(),
  role: z.string().nullable(),
  card: json(cardSchema).nullable(),
  publish: z.int().transform(Boolean),
  nonce: z.string(),
  claimed: z.int(),
}) satisfies z.ZodType<Claim>;

const settledSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('sent'),
    day: z.string(),
    channel: z.string(),
    settled: z.int(),
    message: z.string(),
    thread: z.string().nullable(),
  }),
  z.object({
    state: z.literal('skipped'),
    day: z.string(),
    channel: z.string(),
    settled: z.int(),
    reason: z.enum(reasons),
    detail: z.string().nullable(),
  }),
]) satisfies z.ZodType<Settled>;

/** What a clock that was ahead for a while has written down; it is not believed. */
const isOfFuture = 'max(coalesce(posts.settled, 0), coalesce(posts.claimed, 0)) > @now';

/**
 * Claims a schedule's next day for a text, and moves the schedule on to the day after.
 *
 * @returns false where it is not to be posted: someone claimed it first, or the schedule is no more what it was
 */
export function claimPost(
  store: Store,
  schedule: Schedule,
  post: Pick<Claim, 'text' | 'nonce'> & Partial<Pick<Claim, 'buttons' | 'title' | 'card'>>,
  after: Occurrence,
  now: number,
): boolean {
  return store.transaction(() => {
    if (!moveOn(store, schedule, after)) return false;
    const { changes } = store.write(
      `INSERT INTO posts (guild, number, day, channel, due, state, text, buttons, title, role, card,
         publish, nonce, claimed)
       VALUES (@guild, @number, @day, @channel, @due, 'claimed', @text, @buttons, @title, @role, @card,
         @publish, @nonce, @now)
       ON CONFLICT (guild, number, day) DO UPDATE SET channel = excluded.channel, due = excluded.due,
         state = excluded.state, text = excluded.text, buttons = excluded.buttons,
         title = excluded.title, role = excluded.role, card = excluded.card,
         publish = excluded.publish, nonce = excluded.nonce, claimed = excluded.claimed,
         settled = NULL, message = NULL, thread = NULL, reason = NULL, detail = NULL
       WHERE ${isOfFuture}`,
      {
        ...dayOf(schedule),
        text: post.text,
        buttons: JSON.stringify(post.buttons ?? []),
        title: post.title ?? null,
        role: schedule.role,
        card: post.card ? JSON.stringify(post.card) : null,
        publish: Number(schedule.publish),
        nonce: post.nonce,
        now,
      },
    );
    return changes > 0;
  });
}

/** Skips a schedule's next day, unless someone else has settled it. */
export function skipDay(
  store: Store,
  schedule: Schedule,
  why: { readonly reason: SkipReason; readonly detail?: string },
  after: Occurrence,
  now: number,
): void {
  store.transaction(() => {
    if (!moveOn(store, schedule, after)) return;
    store.write(
      `INSERT INTO posts (guild, number, day, channel, due, state, settled, reason, detail)
       VALUES (@guild, @number, @day, @channel, @due, 'skipped', @now, @reason, @detail)
       ON CONFLICT DO NOTHING`,
      { ...dayOf(schedule), now, reason: why.reason, detail: why.detail ?? null },
    );
  });
}

/** The claims that nobody has settled, the oldest first. */
export function openClaims(store: Store): Claim[] {
  return store
    .rows(`SELECT ${columns} FROM posts WHERE state = 'claimed' ORDER BY claimed`)
    .map((row) => parseRow(claimSchema, row, 'A post'));
}

const columns =
  'guild, number, day, channel, due, text, buttons, title, role, card, publish, nonce, claimed';

/**
 * Takes over a claim that was surely never sent, under a nonce of its own.
 *
 * @returns null where someone else settled it or took it over first
 */
export function renewClaim(store: Store, claim: Claim, nonce: string, now: number): Claim | null {
  const { changes } = store.write(
    `UPDATE posts SET nonce = @fresh, claimed = @now
     WHERE ${isIt} AND nonce = @nonce AND state = 'claimed'`,
    { ...keyOf(claim), nonce: claim.nonce, fresh: nonce, now },
  );
  return changes > 0 ? { ...claim, nonce, claimed: now } : null;
}

/**
 * Notes that a claim was posted: as that message, in a thread of the channel or in the channel itself.
 *
 * @returns false where the message is already known to be another post, of the same text
 */
export function confirmPost(
  store: Store,
  claim: Claim,
  { message, thread = null }: { readonly message: string; readonly thread?: string | null },
  now: number,
): boolean {
  const { guild, number, channel } = claim;
  return store.transaction(() => {
    if (isPost(store, channel, message)) return false;
    store.write(
      `UPDATE posts SET state = 'sent', message = @message, thread = @thread, settled = @now
       WHERE ${isIt} AND state = 'claimed'`,
      { ...keyOf(claim), message, thread, now },
    );
    store.write('UPDATE schedules SET refusals = 0 WHERE guild = @guild AND number = @number', {
      guild,
      number,
    });
    return true;
  });
}

/** Whether a message is known to be the post of some day. */
export function isPost(store: Store, channel: string, message: string): boolean {
  const values = { channel, message };
  return (
    store.row('SELECT 1 FROM posts WHERE channel = @channel AND message = @message', values) !==
    undefined
  );
}

/**
 * Notes that a claim is given up. The third refusal in a row pauses the schedule, and one for good does at once.
 *
 * @returns whether it is paused by this
 */
export function giveUpPost(
  store: Store,
  claim: Claim,
  why: { readonly reason: SkipReason; readonly detail?: string; readonly forGood?: boolean },
  now: number,
): boolean {
  const { guild, number, channel } = claim;
  const { reason, detail = null } = why;
  return store.transaction(() => {
    const { changes } = store.write(
      `UPDATE posts SET state = 'skipped', reason = @reason, detail = @detail, settled = @now
       WHERE ${isIt} AND state = 'claimed'`,
      { ...keyOf(claim), reason, detail, now },
    );
    if (changes === 0 || reason !== 'refused') return false;
    store.write(
      `UPDATE schedules SET refusals = refusals + 1
       WHERE guild = @guild AND number = @number AND channel = @channel`,
      { guild, number, channel },
    );
    const paused = store.write(
      `UPDATE schedules SET paused = 'refused'
       WHERE guild = @guild AND number = @number AND channel = @channel AND paused IS NULL
         AND refusals >= @mostRefusals`,
      { guild, number, channel, mostRefusals: why.forGood ? 1 : mostRefusals },
    );
    return paused.changes > 0;
  });
}

/** What became of a schedule's last days, the newest first. */
export function settledPosts(
  store: Store,
  { guild, number }: ScheduleKey,
  limit: number,
): Settled[] {
  return store
    .rows(
      `SELECT state, day, channel, settled, message, thread, reason, detail FROM posts
       WHERE guild = @guild AND number = @number AND state <> 'claimed' ORDER BY day DESC LIMIT @limit`,
      { guild, number, limit },
    )
    .map((row) => parseRow(settledSchema, row, 'A post'));
}

/** The last day that was posted for, claimed or skipped under a schedule's number; null where there is none. */
export function lastDay(store: Store, { guild, number }: ScheduleKey, now: number): string | null {
  const row = store.row(
    `SELECT max(day) AS day FROM posts
     WHERE guild = @guild AND number = @number AND NOT ${isOfFuture}`,
    { guild, number, now },
  );
  return z.object({ day: z.string().nullable() }).parse(row).day;
}

/** Deletes those that were due before a moment. */
export function forgetPostsBefore(store: Store, moment: number): void {
  store.write('DELETE FROM posts WHERE due < @moment', { moment });
}

/** Whether the schedule was still as given, and is now at the day after. */
function moveOn(store: Store, schedule: Schedule, after: Occurrence): boolean {
  const { changes } = store.write(
    `UPDATE schedules SET day = @nextDay, due = @nextDue
     WHERE guild = @guild AND number = @number AND channel = @channel AND day = @day AND due = @due
       AND paused IS NULL`,
    { ...dayOf(schedule), nextDay: after.day, nextDue: after.due },
  );
  return changes > 0;
}

const isIt = 'guild = @guild AND number = @number AND day = @day';

function keyOf({ guild, number, day }: Pick<Claim, 'guild' | 'number' | 'day'>) {
  return { guild, number, day };
}

function dayOf({ guild, number, channel, next }: Schedule) {
  return { guild, number, channel, day: next.day, due: next.due };
}
