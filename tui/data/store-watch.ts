import type { Store } from '../../src/store/database.ts';
import { Listeners } from './listeners.ts';

/** Every so many looks it counts as changed: a process that dies writes nothing. */
const changedEvery = 2;

/** Tells when the store has something new. */
export class StoreWatch {
  readonly store: Store;
  readonly now: () => number;
  readonly #lookEvery: number;
  readonly #listeners = new Listeners();
  #timer: NodeJS.Timeout | undefined;
  #version: number | undefined;
  #looks = 0;

  /** @param lookEvery how often it is asked whether another process wrote anything, in milliseconds */
  constructor(store: Store, now: () => number, lookEvery = 1000) {
    this.store = store;
    this.now = now;
    this.#lookEvery = lookEvery;
  }

  start(): void {
    this.#version = this.#versionNow();
    this.#timer = setInterval(() => this.#look(), this.#lookEvery);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  readonly subscribe = this.#listeners.subscribe;

  /** After a write of this process, which no version tells of. */
  changed(): void {
    this.#listeners.notify();
  }

  #look(): void {
    this.#looks++;
    const version = this.#versionNow();
    if (version === this.#version && this.#looks % changedEvery !== 0) return;
    this.#version = version;
    this.changed();
  }

  /** None where the store cannot be read any longer: those who read it then say so. */
  #versionNow(): number | undefined {
    try {
      return this.store.dataVersion();
    } catch {
      return undefined;
    }
  }
}
