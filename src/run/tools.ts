import type { Engine } from '../engine/engine.ts';
import type { Store } from '../store/database.ts';

/** What a training run works with. */
export interface RunTools {
  readonly store: Store;
  readonly engine: Engine;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from some moment on, whatever is done to the clock: for durations. */
  readonly monotonic: () => number;
  /** Aborted, it stops the run as `stop` does: a checkpoint is kept. */
  readonly signal: AbortSignal;
  /** Milliseconds between checkpoints to go on from. */
  readonly checkpointEvery: number;
  /** What this process has taken so far; without it, nothing of that is kept. */
  readonly usage?: () => ProcessUsage;
  /** Whether the run is to write for its text once it is done, whatever its figure. @default false */
  readonly serve?: boolean;
}

/** The default milliseconds between checkpoints to resume from: five minutes. */
export const usualCheckpointEvery = 5 * 60 * 1000;

/** Seconds that processors worked for a process since its start, and the bytes of memory that it has now. */
export interface ProcessUsage {
  readonly processorSeconds: number;
  readonly memory: number;
}

/** What this process has used until now. */
export function usageHere(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return { processorSeconds: (user + system) / 1e6, memory: process.memoryUsage.rss() };
}
