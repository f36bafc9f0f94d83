import type { Clock } from '../core/clock.ts';
import { isRefusal } from './failures.ts';

const firstPause = 250;
const longestPause = 30_000;

export interface RetryOptions {
  /** Ends the pauses: what failed last is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each failure after which it is tried again. */
  readonly onRetry?: (error: unknown) => void;
}

/**
 * Calls Discord again and again, with pauses that double, until it answers or the time is over.
 *
 * @param call - is given how many calls went before it
 * @param until - milliseconds since 1970
 * @throws what Discord refuses at once, and the last error when the time is over
 */
export async function retryUntil<T>(
  call: (before: number) => Promise<T>,
  until: number,
  clock: Clock,
  { signal, onRetry }: RetryOptions = {},
): Promise<T> {
  for (let before = 0, pause = firstPause; ; before++, pause = Math.min(2 * pause, longestPause)) {
    try {
      return await call(before);
    } catch (error) {
      if (isRefusal(error) || clock.now() + pause > until || signal?.aborted) throw error;
      onRetry?.(error);
    }
    await clock.sleep(pause, signal);
  }
}
