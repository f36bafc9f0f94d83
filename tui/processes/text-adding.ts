import type { ChildProcess } from 'node:child_process';
import { EscribaError } from '../../src/errors.ts';
import { Listeners } from '../data/listeners.ts';
import type { Notice } from '../shell/shell.ts';
import { runOnce } from './program.ts';

/** A text that is being fetched or added. */
export interface AddedText {
  readonly what: string;
  /** How far it is, as its process said last. */
  readonly progress: string;
}

/** Fetches and adds texts, one at a time, in a process that ends with this one. */
export class TextAdding {
  readonly #store: string;
  readonly #listeners = new Listeners();
  #current: AddedText | undefined;
  #child: ChildProcess | undefined;

  constructor(store: string) {
    this.#store = store;
  }

  readonly subscribe = this.#listeners.subscribe;

  current = (): AddedText | undefined => this.#current;

  /**
   * @param command such as `['corpus', 'fetch', 'plato']`
   * @throws EscribaError where another text is being added
   */
  add(what: string, command: readonly string[], onEnd: (outcome: Notice) => void): void {
    if (this.#current) {
      throw new EscribaError(
        `Another text is being added: ${this.#current.what}.`,
        'Wait until it is there.',
      );
    }
    this.#set({ what, progress: '' });
    this.#child = runOnce(command, this.#store, {
      onNote: (progress) => this.#set({ what, progress }),
      onEnd: (outcome) => {
        this.#set(undefined);
        onEnd(outcome);
      },
    });
  }

  close(): void {
    this.#child?.kill();
  }

  #set(current: AddedText | undefined): void {
    this.#current = current;
    this.#listeners.notify();
  }
}
