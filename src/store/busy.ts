import { StoreBusy } from './failures.ts';

/** How often the store is asked again, which waits ten seconds each time, before a training fails for it. */
const mostTries = 60;

/**
 * Does what must be done, again and again while another process holds the store: ten minutes of work may hang on it. The
 * process waits with it.
 */
export function retryWhileBusy<T>(work: () => T): T {
  for (let tries = 1; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof StoreBusy) || tries >= mostTries) throw error;
    }
  }
}

/** Does what can wait for the next occasion. @returns `otherwise` while another process holds the store */
export function skipIfBusy<T>(work: () => T, otherwise: T): T;
/** The same, with undefined while the store is busy. */
export function skipIfBusy<T>(work: () => T): T | undefined;
export function skipIfBusy<T>(work: () => T, otherwise?: T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreBusy) return otherwise;
    throw error;
  }
}
