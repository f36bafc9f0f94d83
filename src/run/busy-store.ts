import { StoreBusy } from '../store/failures.ts';

/** How often the store is asked again, which waits ten seconds each time, before a training fails for it. */
const mostTries = 60;

/** What must be written is tried again while another process holds the store: what was learnt is worth minutes. */
export function patiently<T>(work: () => T): T {
  for (let tries = 1; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof StoreBusy) || tries >= mostTries) throw error;
    }
  }
}

/** What can be done at the next occasion is left for it while another process holds the store. */
export function unlessBusy<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreBusy) return undefined;
    throw error;
  }
}
