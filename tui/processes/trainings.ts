import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EscribaError } from '../../src/errors.ts';
import type { Store } from '../../src/store/database.ts';
import { listHeartbeats } from '../../src/store/heartbeats.ts';
import { recordLog } from '../../src/store/logs.ts';
import { runOfHeartbeat } from '../../src/store/runs.ts';
import { Listeners } from '../data/listeners.ts';
import { liveTrainings } from '../data/live-runs.ts';
import { runDetached } from './program.ts';

/** A training that was asked for here and does not yet stand in the store, or never came to. */
export interface PendingTraining {
  readonly what: string;
  /** The run that is resumed; null where one begins. */
  readonly run: number | null;
  /** What it said when it ended before it began. */
  readonly failure?: string;
}

/** A training that waits until no other one is under way. */
export interface QueuedTraining {
  readonly what: string;
  readonly command: readonly string[];
}

/** Starts trainings as processes of their own, and tells of those that do not come to begin. */
export class Trainings {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #listeners = new Listeners();
  #pending: PendingTraining | undefined;
  #pid: number | undefined;
  #begun: number | undefined;
  #queued: readonly QueuedTraining[] = [];

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  readonly subscribe = this.#listeners.subscribe;

  /** The training that is about to begin, or could not; undefined once its run stands in the store. */
  pending = (): PendingTraining | undefined => this.#pending;

  /** The run that began last of those started here. */
  begun = (): number | undefined => this.#begun;

  /**
   * Begins a run.
   * @param command such as `['train', 'bible', '--minutes', '10']`
   * @throws EscribaError where another is about to begin; what the system says where there is no room for its log
   */
  train(what: string, command: readonly string[]): void {
    this.#start({ what, run: null }, command);
  }

  /** Trainings that start one after the other, each once none is under way; they wait in this process. */
  queued = (): readonly QueuedTraining[] => this.#queued;

  /** Begins a run once no other is under way. @param command as `train` takes it */
  queue(what: string, command: readonly string[]): void {
    this.#queued = [...this.#queued, { what, command }];
    this.#listeners.notify();
  }

  /** Takes the newest out of the queue. @returns it */
  unqueue(): QueuedTraining | undefined {
    const last = this.#queued.at(-1);
    this.#queued = this.#queued.slice(0, -1);
    this.#listeners.notify();
    return last;
  }

  /** Resumes a run. @throws as `train` does */
  resume(run: number): void {
    this.#start({ what: `run ${run}`, run }, ['resume', String(run), '--json']);
  }

  /** Looks whether the training that was started stands in the store by now, and whether the next is to start. */
  look(): void {
    if (!isPending(this.#pending)) {
      this.#startNext();
      return;
    }
    const run = this.#runBegun();
    if (run === undefined) return;
    this.#begun = run;
    this.#set(undefined);
  }

  #startNext(): void {
    const [next, ...rest] = this.#queued;
    if (!next || this.#isTraining()) return;
    this.#queued = rest;
    this.train(next.what, next.command);
  }

  /** Takes note of a failure, so that it is not shown any longer. */
  dismiss(): void {
    if (!isPending(this.#pending)) this.#set(undefined);
  }

  #start(pending: PendingTraining, command: readonly string[]): void {
    const before = this.#pending;
    if (isPending(before)) {
      throw new EscribaError(
        `Another training is starting: ${before.what}.`,
        'Wait a few seconds.',
      );
    }
    const directory = mkdtempSync(join(tmpdir(), 'escriba-'));
    const log = join(directory, 'errors.log');
    const file = openSync(log, 'w');
    const child = runDetached(command, {
      store: this.#store.path,
      stdio: ['ignore', 'ignore', file],
    });
    closeSync(file);
    this.#pid = child.pid;
    this.#set(pending);
    const ended = (failure: string | undefined) => {
      rmSync(directory, { recursive: true, force: true });
      // One that has begun is told of by its run, and a later one by itself.
      if (this.#pending !== pending) return;
      this.#set(failure === undefined ? undefined : { ...pending, failure });
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => {
      if (signal) this.#logEnd(child.pid, `Its process was ended by ${signal}.`, readLog(log));
      const silent = `It ended (${signal ?? `exit code ${code}`}) and said nothing.`;
      ended(code === 0 ? undefined : readLog(log) || silent);
    });
  }

  /** Adds to the log of its run what a process could not: that it was ended, and its last words. */
  #logEnd(pid: number | undefined, ...said: readonly string[]): void {
    try {
      const beat = listHeartbeats(this.#store, this.#now()).find((each) => each.pid === pid);
      const run = beat && runOfHeartbeat(beat.name);
      if (run === undefined) return;
      for (const text of said.filter(Boolean)) recordLog(this.#store, run, text, this.#now());
    } catch {
      // A store that cannot be written is told of by the screens.
    }
  }

  /** Whether any is under way; where the store cannot be read that is not known, and none starts. */
  #isTraining(): boolean {
    try {
      return liveTrainings(this.#store, this.#now()).length > 0;
    } catch {
      return true;
    }
  }

  /** The run that the process that was started trains. A store that cannot be read is told of by the screens. */
  #runBegun(): number | undefined {
    try {
      return liveTrainings(this.#store, this.#now()).find(({ pid }) => pid === this.#pid)?.run;
    } catch {
      return undefined;
    }
  }

  #set(pending: PendingTraining | undefined): void {
    if (pending === this.#pending) return;
    this.#pending = pending;
    this.#listeners.notify();
  }
}

/** Whether a training is about to begin. */
export function isPending(pending: PendingTraining | undefined): pending is PendingTraining {
  return pending !== undefined && pending.failure === undefined;
}

/** What a process wrote of itself; nothing where that is gone, as a temporary file may be. */
function readLog(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
