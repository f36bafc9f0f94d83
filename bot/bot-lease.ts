import { type BotInfo, claimBot } from '../src/store/bot-heartbeat.ts';
import type { Store } from '../src/store/database.ts';
import { forgetExchangesBefore } from '../src/store/exchanges.ts';
import { StoreBusy } from '../src/store/failures.ts';
import { beat, type Lease, releaseHeartbeat } from '../src/store/heartbeats.ts';
import { forgetPostsBefore } from '../src/store/posts.ts';
import { forgetRoundsBefore } from '../src/store/rounds.ts';
import type { Clock } from './core/clock.ts';
import { retryWhileBusy } from './core/retry-while-busy.ts';
import { keptFor } from './library/exchanges.ts';

const beatEvery = 2_000;
const day = 24 * 60 * 60 * 1000;
/** How long it is kept which days were posted for, in milliseconds: ninety days. */
const postsKeptFor = 90 * day;

export interface BotLeaseParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly info: () => BotInfo;
}

/** The sign of life of the one bot of a store, and the sweeping out of what was kept for long enough. */
export class BotLease {
  readonly #parts: BotLeaseParts;
  readonly #lease: Lease;
  #sweepAt = 0;
  /** When it last beat, milliseconds since 1970. */
  at: number;

  private constructor(parts: BotLeaseParts, lease: Lease) {
    this.#parts = parts;
    this.#lease = lease;
    this.at = parts.clock.now();
  }

  /** @throws EscribaError while another bot of the store lives */
  static async start(parts: BotLeaseParts): Promise<BotLease> {
    const { store, clock, info } = parts;
    const lease = await retryWhileBusy(() => claimBot(store, info(), clock.now()), clock);
    return new BotLease(parts, lease);
  }

  /** Beats until the signal fires. @throws EscribaError where another process has taken its place */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (!signal.aborted) {
      this.#beatOnce();
      await clock.sleep(beatEvery, signal);
    }
  }

  /**
   * Gives the place up, so that another can start at once.
   *
   * @param milliseconds - the most it takes
   * @throws StoreBusy where another process holds the store for longer
   */
  async stop(milliseconds: number): Promise<void> {
    const { store, clock } = this.#parts;
    await retryWhileBusy(() => releaseHeartbeat(store, this.#lease), clock, milliseconds);
  }

  #beatOnce(): void {
    const { store, clock, info } = this.#parts;
    const now = clock.now();
    try {
      beat(store, this.#lease, now, { ...info() });
      this.at = now;
      if (now < this.#sweepAt) return;
      forgetExchangesBefore(store, now - keptFor);
      forgetRoundsBefore(store, now - keptFor);
      forgetPostsBefore(store, now - postsKeptFor);
      this.#sweepAt = now + day;
    } catch (error) {
      // The next beat is soon.
      if (!(error instanceof StoreBusy)) throw error;
    }
  }
}
