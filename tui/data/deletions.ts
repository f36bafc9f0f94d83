import type { Store } from '../../src/store/database.ts';
import { deleteRun } from '../../src/store/run-lifecycle.ts';
import { Listeners } from './listeners.ts';

/** Runs that are to be deleted when the dashboard is left: until then each can be brought back. */
export class Deletions {
  readonly #listeners = new Listeners();
  #runs: readonly number[] = [];

  readonly subscribe = this.#listeners.subscribe;

  /** Their numbers, the one that was deleted last at the end. */
  runs = (): readonly number[] => this.#runs;

  add(runs: readonly number[]): void {
    this.#set([...new Set([...this.#runs, ...runs])]);
  }

  /** Brings the last one back. @returns its number */
  undo(): number | undefined {
    const last = this.#runs.at(-1);
    this.#set(this.#runs.slice(0, -1));
    return last;
  }

  /** Deletes them for good. @returns what there is to say of each */
  finish(store: Store, now: number): string[] {
    return this.#runs.map((run) => {
      try {
        deleteRun(store, run, now);
        return `Deleted run ${run}.`;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return `Run ${run} was not deleted: ${reason}`;
      }
    });
  }

  #set(runs: readonly number[]): void {
    this.#runs = runs;
    this.#listeners.notify();
  }
}
