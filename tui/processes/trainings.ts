import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/store/database.ts';
import { listHeartbeats } from '../../src/store/heartbeats.ts';
import { runDetached } from './program.ts';

/** A training that was asked for here and does not yet stand in the store, or never came to. */
export interface Beginning {
  readonly what: string;
  readonly since: number;
  /** What it said when it ended before it began. */
  readonly failure?: string;
}

/** Starts trainings as processes of their own, and tells of those that do not come to begin. */
export class Trainings {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #beginning: Beginning | undefined;
  #pid: number | undefined;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The training that is about to begin, or could not; undefined once its run stands in the store. */
  beginning = (): Beginning | undefined => this.#beginning;

  /** @param command such as `['train', 'bible', '--minutes', '10']` or `['resume', '3']` */
  start(what: string, command: readonly string[]): void {
    const directory = mkdtempSync(join(tmpdir(), 'escriba-'));
    const log = join(directory, 'errors.log');
    const file = openSync(log, 'w');
    const child = runDetached(command, {
      store: this.#store.path,
      stdio: ['ignore', 'ignore', file],
    });
    closeSync(file);
    this.#pid = child.pid;
    this.#set({ what, since: this.#now() });
    const ended = (failure: string) => {
      if (this.#pid === child.pid && this.#beginning) this.#set({ ...this.#beginning, failure });
      rmSync(directory, { recursive: true, force: true });
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => {
      const said = readFileSync(log, 'utf8').trim();
      ended(said || `It ended (${signal ?? `exit code ${code}`}) and said nothing.`);
    });
  }

  /** Looks whether the training that was started stands in the store by now. */
  look(): void {
    if (!this.#beginning || this.#beginning.failure !== undefined) return;
    const begun = listHeartbeats(this.#store, this.#now()).some(
      ({ name, pid }) => pid === this.#pid && name.startsWith('training '),
    );
    if (begun) this.#set(undefined);
  }

  /** Takes note of a failure, so that it is not shown any longer. */
  dismiss(): void {
    if (this.#beginning?.failure !== undefined) this.#set(undefined);
  }

  #set(beginning: Beginning | undefined): void {
    this.#beginning = beginning;
    for (const listener of [...this.#listeners]) listener();
  }
}
