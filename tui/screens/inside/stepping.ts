import { once } from 'node:events';
import { extname } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { Model } from '../../../src/run/models.ts';
import type { Answer, Frame, Task, ToThread } from './frame.ts';

const ended = 'The thread that steps has ended.';

/** Steps through a network in a thread of its own. */
export class Stepping {
  readonly #worker: Worker;
  readonly #calls = new Map<number, PromiseWithResolvers<Frame | null>>();
  #call = 0;
  #hasEnded = false;

  constructor() {
    const file = new URL(`./stepping-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(file, { env: SHARE_ENV });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => {
      const call = this.#calls.get(answer.call);
      this.#calls.delete(answer.call);
      if ('frame' in answer) call?.resolve(answer.frame);
      else call?.reject(new Error(answer.failure));
    });
    const fail = (error: Error) => {
      for (const call of this.#calls.values()) call.reject(error);
      this.#calls.clear();
    };
    this.#worker.on('error', fail);
    this.#worker.on('exit', () => {
      this.#hasEnded = true;
      fail(new Error(ended));
    });
  }

  /** Takes a network in the place of the one before. */
  async open({ config, weights }: Model): Promise<void> {
    await this.#ask({ type: 'open', model: { config, weights } });
  }

  /** Takes a character, by its id. @param fresh whether the hidden state is zero before it */
  async step(input: number, fresh: boolean): Promise<Frame> {
    const frame = await this.#ask({ type: 'step', input, fresh });
    if (!frame) throw new TypeError('the thread gave no step');
    return frame;
  }

  /** Whether its thread is gone: whatever is asked of it then fails. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  async close(): Promise<void> {
    if (this.#hasEnded) return;
    const exit = once(this.#worker, 'exit');
    this.#worker.postMessage({ end: true } satisfies ToThread);
    await exit;
  }

  #ask(task: Task): Promise<Frame | null> {
    if (this.#hasEnded) return Promise.reject(new Error(ended));
    const call = Promise.withResolvers<Frame | null>();
    this.#calls.set(++this.#call, call);
    this.#worker.postMessage({ call: this.#call, task } satisfies ToThread);
    return call.promise;
  }
}
