import type { Store } from '../../src/store/database.ts';
import { type Exchange, findExchange, recordExchange } from '../../src/store/exchanges.ts';
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

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  record(exchange: Exchange): void {
    this.#unwritten.set(exchange.id, { exchange, written: this.#write(exchange) });
  }

  /** A text that is not older than thirty days; undefined where there is none. */
  async find(id: string): Promise<Exchange | undefined> {
    const exchange =
      this.#unwritten.get(id)?.exchange ??
      (await retryWhileBusy(() => findExchange(this.#store, id), this.#clock));
    return exchange && exchange.created >= this.#clock.now() - keptFor ? exchange : undefined;
  }

  /** Resolves when all that was recorded is written down, or was given up. */
  async settled(): Promise<void> {
    await Promise.all([...this.#unwritten.values()].map(({ written }) => written));
  }

  async #write(exchange: Exchange): Promise<void> {
    try {
      await retryWhileBusy(() => recordExchange(this.#store, exchange), this.#clock);
    } catch (error) {
      this.#log.error({ error: String(error) }, 'A text could not be written down.');
    } finally {
      this.#unwritten.delete(exchange.id);
    }
  }
}
