import type { Store } from '../../src/store/database.ts';
import {
  type Exchange,
  findExchange,
  forgetExchange,
  forgetExchangesOf,
  listExchangesOf,
  recordExchange,
} from '../../src/store/exchanges.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';

/** How long a text is kept, in milliseconds: thirty days. */
export const keptFor = 30 * 24 * 60 * 60 * 1000;

/** The texts that the bot wrote. They are written down on the side: an answer does not wait for the store. */
export class Exchanges {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Those not written down yet. */
  readonly #unwritten = new Map<string, { exchange: Exchange; written: Promise<void> }>();
  /** The servers that removed the bot since it began: of what is still being written there, nothing is kept. */
  readonly #left = new Set<string>();

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  record(exchange: Exchange): void {
    if (exchange.guild !== null && this.#left.has(exchange.guild)) return;
    this.#unwritten.set(exchange.id, { exchange, written: this.#write(exchange) });
  }

  /** A text that is not older than thirty days; undefined where there is none. */
  async find(id: string): Promise<Exchange | undefined> {
    const exchange =
      this.#unwritten.get(id)?.exchange ??
      (await retryWhileBusy(() => findExchange(this.#store, id), this.#clock));
    return exchange && exchange.created >= this.#clock.now() - keptFor ? exchange : undefined;
  }

  /** Deletes a text, where it is kept. */
  async forget(id: string): Promise<void> {
    await this.#unwritten.get(id)?.written;
    await retryWhileBusy(() => forgetExchange(this.#store, id), this.#clock);
  }

  /** All texts that are kept of someone, the oldest first. */
  async of(asker: string): Promise<readonly Exchange[]> {
    await this.settled();
    return retryWhileBusy(() => listExchangesOf(this.#store, asker), this.#clock);
  }

  /** Deletes all texts that are kept of someone. @returns how many there were */
  async forgetAllOf(asker: string): Promise<number> {
    await this.settled();
    return retryWhileBusy(() => forgetExchangesOf(this.#store, asker), this.#clock);
  }

  /** Keeps nothing more of a server, until it is joined again. */
  leave(guild: string): void {
    this.#left.add(guild);
  }

  hasLeft(guild: string): boolean {
    return this.#left.has(guild);
  }

  join(guild: string): void {
    this.#left.delete(guild);
  }

  /** Resolves when all that was recorded is written down, or was given up. */
  async settled(): Promise<void> {
    await Promise.all([...this.#unwritten.values()].map(({ written }) => written));
  }

  async #write(exchange: Exchange): Promise<void> {
    try {
      await retryWhileBusy(() => {
        if (exchange.guild !== null && this.#left.has(exchange.guild)) return;
        recordExchange(this.#store, exchange);
      }, this.#clock);
    } catch (error) {
      this.#log.error({ error: String(error) }, 'A text could not be written down.');
    } finally {
      this.#unwritten.delete(exchange.id);
    }
  }
}
