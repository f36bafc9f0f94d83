import { ThreadClient, threadFile } from '../../../src/threads/client.ts';
import type { SteppingHandlers } from './stepping-thread.ts';

/** A thread that steps through a network; the dashboard does not wait for it to leave. */
export function startStepping(): ThreadClient<SteppingHandlers> {
  return new ThreadClient<SteppingHandlers>(threadFile(import.meta.url, './stepping-thread'), {
    purpose: 'steps',
    keepsAlive: false,
  });
}
