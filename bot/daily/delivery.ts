import type { Store } from '../../src/store/database.ts';
import {
  type Claim,
  confirmPost,
  giveUpPost,
  isPost,
  type PostCard,
  renewClaim,
} from '../../src/store/posts.ts';
import { findSchedule, type Schedule } from '../../src/store/schedules.ts';
import type { Clock } from '../core/clock.ts';
import { fitText } from '../core/fit-text.ts';
import type { Log } from '../core/log.ts';
import type { OwnPost, Poster, PostOutcome, RefusalKind } from '../core/posting.ts';
import type { Picture } from '../core/reply.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';

export interface DeliveryParts {
  readonly store: Store;
  readonly poster: Poster;
  readonly clock: Clock;
  readonly log: Log;
  readonly newNonce: () => string;
  /** How late a post may be, in milliseconds. */
  readonly latest: number;
  /** Draws the picture of a post; undefined where that failed. */
  readonly draw: (card: PostCard) => Promise<Picture | undefined>;
  /** Says that a schedule has paused itself. */
  readonly pausedWords: (schedule: Schedule, why: RefusalKind) => string;
  readonly onPosted: () => void;
}

const minute = 60_000;
/** A younger claim may be sent again under its nonce: the poster tries for two minutes, and Discord knows a nonce for five. */
const sendAgainUntil = minute;
/** An older claim is not being sent any more, whoever made it: if it was posted, it is in the channel. */
const lookFrom = 7 * minute;
/** An older claim is given up if the channel still cannot be read. */
const lookUntil = 20 * minute;
/** How long after Discord refused a post it is tried again: whoever gives the bot what it lacks still gets the day's. */
const sendRefusedAfter = 15 * minute;

/** Seconds: a text takes its time to be written, and so does Discord. */
const saidLateAfter = 5 * 60;

type Refusal = Extract<PostOutcome, { type: 'refused' }>;

interface RefusedClaim {
  /** The nonce that was refused: once another process has renewed the claim, what it sent may be on its way. */
  readonly nonce: string;
  readonly refusal: Refusal;
  readonly until: number;
}

/** Sends what was claimed, and finds out what became of claims that nobody has settled. */
export class Delivery {
  readonly #parts: DeliveryParts;
  /** The claims that Discord has refused, by schedule and day, and when each is tried again. */
  readonly #refused = new Map<string, RefusedClaim>();

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** Sends a post; where Discord does not say what became of it, the claim stays open. */
  async send(claim: Claim): Promise<void> {
    const { poster, clock, log, draw, onPosted } = this.#parts;
    const { text, buttons, title, role, card } = claim;
    const picture = card && (await draw(card));
    // This process may have been suspended since: another one may be resending it by now.
    if (clock.now() - claim.claimed >= sendAgainUntil) return;
    const outcome = await poster.post(
      claim.channel,
      {
        ...{ text, buttons },
        ...(title === null ? {} : { title }),
        ...(role === null ? {} : { mention: role }),
        ...(picture ? { picture } : {}),
      },
      claim.nonce,
    );
    if (outcome.type === 'refused') return this.#postpone(claim, outcome);
    if (outcome.type !== 'sent') {
      log.warn(
        { ...nameOf(claim), why: outcome.reason },
        'It is not known whether a daily post was sent.',
      );
      return;
    }
    onPosted();
    await this.#confirm(claim, outcome);
  }

  /** Settles a claim that was left open, as far as that can be done by now. */
  async settle(claim: Claim): Promise<void> {
    const { poster, clock } = this.#parts;
    const age = () => clock.now() - claim.claimed;
    const refused = this.#refused.get(keyOf(claim));
    if (refused?.nonce === claim.nonce) return this.#retry(claim, refused);
    if (age() < sendAgainUntil && poster.remembersNonces(claim.channel)) return this.send(claim);
    if (age() < lookFrom) return;
    const own = await poster.ownPosts(claim.channel, claim.claimed);
    const posted = own && (await this.#foundIn(own, claim));
    if (posted) return this.#confirm(claim, posted);
    if (own) return this.#sendAnew(claim);
    if (age() >= lookUntil) await this.#giveUp(claim, { reason: 'unknown' });
  }

  /** Leaves a claim that was refused for a later try; a channel that is gone is given up at once. */
  async #postpone(claim: Claim, refusal: Refusal): Promise<void> {
    const { clock, log } = this.#parts;
    if (refusal.why === 'channel-gone') return this.#refuse(claim, refusal);
    log.warn(
      { ...nameOf(claim), why: refusal.reason },
      'A daily post was refused; it is tried again.',
    );
    const until = clock.now() + sendRefusedAfter;
    this.#refused.set(keyOf(claim), { nonce: claim.nonce, refusal, until });
  }

  /** Resends a claim that was refused, unless it was posted after all or is too late. */
  async #retry(claim: Claim, { refusal, until }: RefusedClaim): Promise<void> {
    const { poster, clock, latest } = this.#parts;
    if (clock.now() - claim.due > latest) return this.#refuse(claim, refusal);
    if (clock.now() < until) return;
    const own = await poster.ownPosts(claim.channel, claim.claimed);
    if (own === null) return this.#postpone(claim, refusal);
    this.#refused.delete(keyOf(claim));
    const posted = await this.#foundIn(own, claim);
    return posted ? this.#confirm(claim, posted) : this.#sendAnew(claim);
  }

  /** The post of a claim among the bot's own: another schedule may have posted the same text there. */
  async #foundIn(own: readonly OwnPost[], claim: Claim): Promise<OwnPost | undefined> {
    const { store, clock } = this.#parts;
    const text = fitText(claim.text);
    const alike = own.filter((post) => post.text === text);
    return retryWhileBusy(
      () => alike.find(({ messageId }) => !isPost(store, claim.channel, messageId)),
      clock,
    );
  }

  async #refuse(claim: Claim, { why, reason }: Refusal): Promise<void> {
    this.#refused.delete(keyOf(claim));
    await this.#giveUp(claim, {
      reason: 'refused',
      detail: why === 'other' ? reason : why,
      forGood: why === 'channel-gone',
    });
  }

  /** Sends a claim that was surely not posted, if it is still wanted. */
  async #sendAnew(claim: Claim): Promise<void> {
    const { store, clock, newNonce, latest } = this.#parts;
    const schedule = await retryWhileBusy(() => findSchedule(store, claim), clock);
    const isWanted = schedule?.paused === null && schedule.channel === claim.channel;
    if (!isWanted) return this.#giveUp(claim, { reason: 'changed' });
    if (clock.now() - claim.due > latest) return this.#giveUp(claim, { reason: 'missed' });
    const nonce = newNonce();
    const renewed = await retryWhileBusy(() => renewClaim(store, claim, nonce, clock.now()), clock);
    if (renewed) await this.send(renewed);
  }

  async #confirm(
    claim: Claim,
    { messageId: message, thread }: Pick<OwnPost, 'messageId' | 'thread'>,
  ): Promise<void> {
    const { store, poster, clock, log } = this.#parts;
    const late = Math.round((clock.now() - claim.due) / 1000);
    const posted = { message, ...(thread === undefined ? {} : { thread }) };
    const isOurs = await retryWhileBusy(
      () => confirmPost(store, claim, posted, clock.now()),
      clock,
    );
    // Another schedule with the same text took it for its own: this one is looked for again.
    if (!isOurs) return;
    log.info(
      { ...nameOf(claim), ...posted, secondsLate: late },
      late > saidLateAfter ? 'A daily post was sent late.' : 'A daily post was sent.',
    );
    const why = claim.publish ? await poster.publish(claim.channel, message) : null;
    if (why !== null) {
      log.warn({ ...nameOf(claim), ...posted, why }, 'A daily post could not be published.');
    }
  }

  async #giveUp(claim: Claim, why: Parameters<typeof giveUpPost>[2]): Promise<void> {
    const { store, poster, clock, log, pausedWords } = this.#parts;
    log.warn({ ...nameOf(claim), ...why }, 'A daily post was given up.');
    const schedule = await retryWhileBusy(() => findSchedule(store, claim), clock);
    const paused = await retryWhileBusy(() => giveUpPost(store, claim, why, clock.now()), clock);
    if (!paused || !schedule) return;
    log.warn({ guild: schedule.guild, schedule: schedule.number }, 'A schedule has paused itself.');
    const kind = why.forGood ? 'channel-gone' : 'other';
    await poster.tell(schedule.guild, schedule.setBy, pausedWords(schedule, kind));
  }
}

function keyOf({ guild, number, day }: Claim): string {
  return `${guild} ${number} ${day}`;
}

/** What a log calls it. */
function nameOf({ guild, number, channel, day }: Claim): object {
  return { guild, schedule: number, channel, day };
}
