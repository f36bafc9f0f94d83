import type { Store } from '../../src/store/database.ts';
import {
  type Claim,
  confirmPost,
  giveUpPost,
  renewClaim,
  type SkipReason,
} from '../../src/store/posts.ts';
import { findSchedule, type Schedule } from '../../src/store/schedules.ts';
import type { Clock } from '../core/clock.ts';
import { fitText } from '../core/fit-text.ts';
import type { Poster } from '../core/posting.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';

export interface DeliveryParts {
  readonly store: Store;
  readonly poster: Poster;
  readonly clock: Clock;
  readonly newNonce: () => string;
  /** How late a post may be, in milliseconds. */
  readonly latest: number;
  /** Says that a schedule has paused itself. */
  readonly pausedWords: (schedule: Schedule) => string;
  readonly onPosted: () => void;
}

const minute = 60_000;
/** A younger claim may be sent again under its nonce: the poster tries for two minutes, and Discord knows a nonce for five. */
const sendAgainUntil = minute;
/** An older claim is not being sent any more, whoever made it: if it was posted, it is in the channel. */
const lookFrom = 7 * minute;
/** An older claim is given up if the channel still cannot be read. */
const lookUntil = 20 * minute;

/** Sends what was claimed, and finds out what became of claims that nobody has settled. */
export class Delivery {
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** Sends a post; where Discord does not say what became of it, the claim stays open. */
  async send(claim: Claim): Promise<void> {
    const { poster, clock, onPosted } = this.#parts;
    // This process may have stood still since: by now another one may be sending it anew.
    if (clock.now() - claim.claimed >= sendAgainUntil) return;
    const outcome = await poster.post(
      claim.channel,
      { text: claim.text, buttons: claim.buttons },
      claim.nonce,
    );
    if (outcome.type === 'refused') await this.#giveUp(claim, 'refused', outcome.reason);
    if (outcome.type !== 'sent') return;
    onPosted();
    await this.#confirm(claim, outcome.messageId);
  }

  /** Settles a claim that was left open, as far as that can be done by now. */
  async settle(claim: Claim): Promise<void> {
    const { poster, clock } = this.#parts;
    const age = () => clock.now() - claim.claimed;
    if (age() < sendAgainUntil) return this.send(claim);
    if (age() < lookFrom) return;
    const own = await poster.ownPosts(claim.channel, claim.claimed);
    const posted = own?.find(({ text }) => text === fitText(claim.text));
    if (posted) return this.#confirm(claim, posted.messageId);
    if (own) return this.#sendAnew(claim);
    if (age() >= lookUntil) await this.#giveUp(claim, 'unknown');
  }

  /** Sends a claim that was surely not posted, if it is still wanted. */
  async #sendAnew(claim: Claim): Promise<void> {
    const { store, clock, newNonce, latest } = this.#parts;
    const schedule = await retryWhileBusy(() => findSchedule(store, claim.guild), clock);
    const isWanted = schedule?.paused === null && schedule.channel === claim.channel;
    if (!isWanted) return this.#giveUp(claim, 'changed');
    if (clock.now() - claim.due > latest) return this.#giveUp(claim, 'missed');
    const nonce = newNonce();
    const renewed = await retryWhileBusy(() => renewClaim(store, claim, nonce, clock.now()), clock);
    if (renewed) await this.send(renewed);
  }

  async #confirm(claim: Claim, message: string): Promise<void> {
    const { store, clock } = this.#parts;
    await retryWhileBusy(() => confirmPost(store, claim, message, clock.now()), clock);
  }

  async #giveUp(claim: Claim, reason: SkipReason, detail?: string): Promise<void> {
    const { store, poster, clock, pausedWords } = this.#parts;
    const why = detail === undefined ? { reason } : { reason, detail };
    const schedule = await retryWhileBusy(() => findSchedule(store, claim.guild), clock);
    const paused = await retryWhileBusy(() => giveUpPost(store, claim, why, clock.now()), clock);
    if (paused && schedule) {
      await poster.tell(schedule.guild, schedule.setBy, pausedWords(schedule));
    }
  }
}
