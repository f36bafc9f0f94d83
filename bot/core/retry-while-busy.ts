import { StoreBusy } from '../../src/store/failures.ts';
import type { Clock } from './clock.ts';

const pause = 40;

/**
 * Does some work with the store, again and again while another process holds it: the store is opened so that it does
 * not wait itself, which would hold up everything else in this process.
 *
 * @param longest - milliseconds
 * @throws StoreBusy when the time is over, and at once whatever else the work throws
 */
export async function retryWhileBusy<T>(
  work: () => T | Promise<T>,
  clock: Clock,
  longest = 60_000,
): Promise<T> {
  const until = clock.now() + longest;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreBusy) || clock.now() + pause > until) throw error;
    }
    await clock.sleep(pause);
  }
}
