import type { Store } from '../../src/store/database.ts';
import { type Claim, claimPost, lastDay, openClaims, skipDay } from '../../src/store/posts.ts';
import {
  dueSchedules,
  findSchedule,
  nextDue,
  resumeSchedule,
  type Schedule,
  type ScheduleKey,
  schedulesAfter,
} from '../../src/store/schedules.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';
import type { DailyText } from './daily-text.ts';
import type { Delivery } from './delivery.ts';
import { nextOccurrence } from './local-time.ts';

export interface SchedulerParts {
  readonly store: Store;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes what is to be posted for a day. */
  readonly textFor: (schedule: Schedule, day: string) => Promise<DailyText>;
  /** A nonce that no other post has, of 25 characters at most. */
  readonly newNonce: () => string;
}

const minute = 60_000;
/** How late a post may be. */
export const latest = 6 * 60 * minute;
/** How long the making of a text that failed is not tried again. */
const tryTextAgainAfter = 5 * minute;
const longestSleep = minute;
const mostAtOnce = 50;
/** No schedule that was set by a clock that is right waits for so long: one day of the week comes within seven. */
const furthest = 9 * 24 * 60 * minute;
const page = 1000;

/**
 * Posts for every schedule once on each of its days. A day is claimed in the store, with its text, before it is sent, so that of two
 * bots on a store, or of one that dies at any moment and starts again, none posts a second time.
 */
export class Scheduler {
  readonly #parts: SchedulerParts;
  /** Schedules for which there was nothing to post, why, and when it is tried again. */
  readonly #nothing = new Map<string, { readonly why: string; readonly until: number }>();
  /** What is being done, by schedule: one thing at a time for each. */
  readonly #underWay = new Map<string, Promise<void>>();
  #awake = new AbortController();

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  /** Posts until the signal fires, then finishes the posts in progress. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#parts;
    while (!signal.aborted) {
      this.#awake = new AbortController();
      const looked = clock.now();
      await this.tick();
      // What was due then is in progress by now, or has to wait.
      const due = await this.#logged(() => retryWhileBusy(() => nextDue(store, looked), clock));
      const wait = (due ?? Number.POSITIVE_INFINITY) - clock.now();
      const pause = Math.max(0, Math.min(wait, longestSleep));
      await clock.sleep(pause, AbortSignal.any([signal, this.#awake.signal]));
    }
    await Promise.all(this.#underWay.values());
  }

  /** Looks at the schedules at once, because one has changed. */
  wake(): void {
    this.#awake.abort();
  }

  /** Begins what is to be done at this moment; a channel that takes its time holds up no other. Never rejects. */
  async tick(): Promise<void> {
    const { store, clock, delivery } = this.#parts;
    const now = clock.now();
    await this.#logged(async () => {
      await this.#mend(now);
      const claims = await retryWhileBusy(
        () => openClaims(store).filter((claim) => !this.#underWay.has(nameOf(claim))),
        clock,
      );
      for (const claim of claims) await this.#begin(claim, () => delivery.settle(claim));
      let due: Schedule[] = [];
      do {
        const last = due.at(-1);
        due = await retryWhileBusy(() => dueSchedules(store, now, page, last), clock);
        for (const schedule of due) {
          await this.#begin(schedule, () => this.#post(schedule));
        }
      } while (due.length === page);
    });
  }

  /** Sets schedules right that a clock which was ahead for a while has moved far into the future. */
  async #mend(now: number): Promise<void> {
    const { store, clock, log } = this.#parts;
    await retryWhileBusy(() => {
      for (const schedule of schedulesAfter(store, now + furthest)) {
        const { guild, number, next } = schedule;
        const occurrence = nextOccurrence(schedule, now, lastDay(store, schedule, now));
        resumeSchedule(store, schedule, occurrence);
        log.warn(
          { guild, schedule: number, was: next.day, is: occurrence.day },
          'A schedule of the future is set right.',
        );
      }
    }, clock);
  }

  /** Starts work for a schedule unless some is in progress for it already; waits while too many are. */
  async #begin(key: ScheduleKey, work: () => Promise<void>): Promise<void> {
    const name = nameOf(key);
    if (this.#underWay.has(name)) return;
    while (this.#underWay.size >= mostAtOnce) await Promise.race(this.#underWay.values());
    const done = this.#logged(work).then(() => void this.#underWay.delete(name));
    this.#underWay.set(name, done);
  }

  async #post(due: Schedule): Promise<void> {
    const { store, clock, delivery, textFor, newNonce } = this.#parts;
    const schedule = await this.#skipMissed(due);
    if (!schedule) return;
    const { guild, number, channel, role, publish, next } = schedule;
    const name = nameOf(schedule);
    if ((this.#nothing.get(name)?.until ?? 0) > clock.now()) return;
    const made = await textFor(schedule, next.day);
    if ('nothing' in made) {
      this.#nothing.set(name, { why: made.nothing, until: clock.now() + tryTextAgainAfter });
      return;
    }
    this.#nothing.delete(name);
    const { text, title, buttons = [], card = null } = made;
    const post = { text, title, buttons, card, nonce: newNonce() };
    const claim = await retryWhileBusy((): Claim | null => {
      const claimed = clock.now();
      const isOurs = claimPost(store, schedule, post, dayAfter(schedule), claimed);
      return isOurs ? { ...next, ...post, guild, number, channel, role, publish, claimed } : null;
    }, clock);
    if (claim) await delivery.send(claim);
  }

  /** The schedule once the days are skipped that are over for too long; null where nothing is due then. */
  async #skipMissed(due: Schedule): Promise<Schedule | null> {
    const { store, clock } = this.#parts;
    let schedule: Schedule | undefined = due;
    while (schedule && schedule.paused === null && schedule.next.due <= clock.now()) {
      if (clock.now() - schedule.next.due <= latest) return schedule;
      const missed: Schedule = schedule;
      const nothing = this.#nothing.get(nameOf(due));
      this.#nothing.delete(nameOf(due));
      const why = nothing
        ? ({ reason: 'failed', detail: nothing.why } as const)
        : ({ reason: 'missed' } as const);
      this.#parts.log.warn(
        { guild: due.guild, schedule: due.number, day: missed.next.day, ...why },
        'A daily post was skipped.',
      );
      schedule = await retryWhileBusy(() => {
        skipDay(store, missed, why, dayAfter(missed), clock.now());
        return findSchedule(store, missed);
      }, clock);
    }
    return null;
  }

  async #logged<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#parts.log.error({ error: String(error) }, 'A daily post could not be looked after.');
      return null;
    }
  }
}

function nameOf({ guild, number }: ScheduleKey): string {
  return `${guild} ${number}`;
}

function dayAfter(schedule: Schedule) {
  return nextOccurrence(schedule, schedule.next.due, schedule.next.day);
}
