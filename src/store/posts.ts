import { z } from 'zod';
import type { Store } from './database.ts';
import { json, parseRow } from './rows.ts';
import type { Occurrence, Schedule } from './schedules.ts';

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

/** A text that is to be posted for a day, and that nobody else may post for it. */
export interface Claim {
  readonly guild: string;
  readonly day: string;
  readonly channel: string;
  readonly due: number;
  readonly text: string;
  readonly buttons: readonly PostButton[];
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
  | { readonly state: 'sent'; readonly message: string }
  | { readonly state: 'skipped'; readonly reason: SkipReason; readonly detail: string | null }
);

/** Schedules pause themselves after so many refusals in a row. */
const mostRefusals = 3;

const buttonsSchema = z.array(
  z.object({
    id: z.string(),
    label: z.string(),
    style: z.enum(['primary', 'secondary', 'danger']),
  }),
);

const claimSchema = z.object({
  guild: z.string(),
  day: z.string(),
  channel: z.string(),
  due: z.int(),
  text: z.string(),
  // Claims of an older version have none.
  buttons: json(buttonsSchema)
    .nullable()
    .transform((buttons) => buttons ?? []),
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
  post: Pick<Claim, 'text' | 'nonce'> & Partial<Pick<Claim, 'buttons'>>,
  after: Occurrence,
  now: number,
): boolean {
  return store.transaction(() => {
    if (!moveOn(store, schedule, after)) return false;
    const { changes } = store.write(
      `INSERT INTO posts (guild, day, channel, due, state, text, buttons, nonce, claimed)
       VALUES (@guild, @day, @channel, @due, 'claimed', @text, @buttons, @nonce, @now)
       ON CONFLICT (guild, day) DO UPDATE SET channel = excluded.channel, due = excluded.due,
         state = excluded.state, text = excluded.text, buttons = excluded.buttons,
         nonce = excluded.nonce, claimed = excluded.claimed,
         settled = NULL, message = NULL, reason = NULL, detail = NULL
       WHERE ${isOfFuture}`,
      {
        ...dayOf(schedule),
        text: post.text,
        buttons: JSON.stringify(post.buttons ?? []),
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
      `INSERT INTO posts (guild, day, channel, due, state, settled, reason, detail)
       VALUES (@guild, @day, @channel, @due, 'skipped', @now, @reason, @detail)
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

const columns = 'guild, day, channel, due, text, buttons, nonce, claimed';

/**
 * Takes over a claim that was surely never sent, under a nonce of its own.
 *
 * @returns null where someone else settled it or took it over first
 */
export function renewClaim(store: Store, claim: Claim, nonce: string, now: number): Claim | null {
  const { changes } = store.write(
    `UPDATE posts SET nonce = @fresh, claimed = @now
     WHERE guild = @guild AND day = @day AND nonce = @nonce AND state = 'claimed'`,
    { guild: claim.guild, day: claim.day, nonce: claim.nonce, fresh: nonce, now },
  );
  return changes > 0 ? { ...claim, nonce, claimed: now } : null;
}

/** Notes that a claim was posted. */
export function confirmPost(store: Store, claim: Claim, message: string, now: number): void {
  const { guild, day } = claim;
  store.transaction(() => {
    store.write(
      `UPDATE posts SET state = 'sent', message = @message, settled = @now
       WHERE guild = @guild AND day = @day AND state = 'claimed'`,
      { guild, day, message, now },
    );
    store.write('UPDATE schedules SET refusals = 0 WHERE guild = @guild', { guild });
  });
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
  const { guild, day, channel } = claim;
  const { reason, detail = null } = why;
  return store.transaction(() => {
    const { changes } = store.write(
      `UPDATE posts SET state = 'skipped', reason = @reason, detail = @detail, settled = @now
       WHERE guild = @guild AND day = @day AND state = 'claimed'`,
      { guild, day, reason, detail, now },
    );
    if (changes === 0 || reason !== 'refused') return false;
    store.write(
      'UPDATE schedules SET refusals = refusals + 1 WHERE guild = @guild AND channel = @channel',
      { guild, channel },
    );
    const paused = store.write(
      `UPDATE schedules SET paused = 'refused'
       WHERE guild = @guild AND channel = @channel AND paused IS NULL AND refusals >= @mostRefusals`,
      { guild, channel, mostRefusals: why.forGood ? 1 : mostRefusals },
    );
    return paused.changes > 0;
  });
}

/** What became of a server's last days, the newest first. */
export function settledPosts(store: Store, guild: string, limit: number): Settled[] {
  return store
    .rows(
      `SELECT state, day, channel, settled, message, reason, detail FROM posts
       WHERE guild = @guild AND state <> 'claimed' ORDER BY day DESC LIMIT @limit`,
      { guild, limit },
    )
    .map((row) => parseRow(settledSchema, row, 'A post'));
}

/** The last day of a server that was posted for, claimed or skipped; null where there is none. */
export function lastDay(store: Store, guild: string, now: number): string | null {
  const row = store.row(
    `SELECT max(day) AS day FROM posts WHERE guild = @guild AND NOT ${isOfFuture}`,
    { guild, now },
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
     WHERE guild = @guild AND channel = @channel AND day = @day AND due = @due AND paused IS NULL`,
    { ...dayOf(schedule), nextDay: after.day, nextDue: after.due },
  );
  return changes > 0;
}

function dayOf({ guild, channel, next }: Schedule) {
  return { guild, channel, day: next.day, due: next.due };
}
