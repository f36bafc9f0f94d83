import { setTimeout as wait } from 'node:timers/promises';

/** Time, so that a test need not wait for it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; comes back early, without an error, when the signal fires. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The time of this machine; its waits do not keep the process alive. */
export const realClock: Clock = {
  now: Date.now,
  async sleep(milliseconds, signal) {
    // A process that is done otherwise need not wait for this.
    await wait(milliseconds, undefined, { ref: false, signal }).catch(() => {});
  },
};
