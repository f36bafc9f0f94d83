import type { Clock } from './clock.ts';

/** What the promise gives, or null where the time is over or the signal fires before it does. */
export async function withTimeout<T>(
  promise: Promise<T>,
  milliseconds: number,
  clock: Clock,
  signal?: AbortSignal,
): Promise<T | null> {
  const done = new AbortController();
  const stop = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
  try {
    return await Promise.race([promise, clock.sleep(milliseconds, stop).then(() => null)]);
  } finally {
    done.abort();
  }
}
