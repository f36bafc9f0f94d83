import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { EscribaError } from '../../errors.ts';
import type { NamedArrays } from '../../network/config.ts';
import type { Quote } from '../quotes.ts';
import type { TextScore } from '../score.ts';
import type { WriteRequest } from '../writer.ts';
import type { FromThread, ServiceModel, Task, TaskResult, ToThread } from './messages.ts';

export interface ServiceOptions {
  /** Processors to compute with; all of the machine, where nothing is said. */
  readonly threads?: number;
  /** How many networks stay in memory, the last used ones; 6, where nothing is said. */
  readonly keep?: number;
}

interface Call {
  readonly onText: (text: string) => void;
  readonly resolve: (result: TaskResult) => void;
  readonly reject: (error: EscribaError) => void;
}

/**
 * Writes and scores in a thread of its own. Texts that are written by the same network at the same time share its
 * steps. If the thread ends unexpectedly, what was under way fails with an `EscribaError`, and the next call starts
 * it again with the networks and sources that it had.
 */
export class WritingService {
  readonly #threads: number;
  readonly #keep: number;
  /** Those in memory or on their way there, the one that was not used for the longest time first. */
  readonly #models = new Map<number, ServiceModel>();
  readonly #sources = new Map<string, string>();
  readonly #calls = new Map<number, Call>();
  #nextCall = 1;
  #worker: Worker | undefined;
  #closed = false;

  constructor({ threads = availableParallelism(), keep = 6 }: ServiceOptions = {}) {
    this.#threads = threads;
    this.#keep = keep;
  }

  isLoaded(model: number): boolean {
    return this.#models.has(model);
  }

  /**
   * Takes a network into memory, where it is not there; resolves when it serves. The one that was not used for the
   * longest time may have to leave; what it is writing is finished.
   */
  async load(model: ServiceModel): Promise<void> {
    if (this.#models.has(model.id)) return;
    const shared = { ...model, weights: share(model.weights) };
    this.#models.set(model.id, shared);
    try {
      await this.#call({ type: 'load', model: shared });
    } catch (error) {
      this.#models.delete(model.id);
      throw error;
    }
    const [oldest] = this.#models.keys();
    if (oldest === undefined || this.#models.size <= this.#keep) return;
    this.#models.delete(oldest);
    await this.#call({ type: 'unload', model: oldest });
  }

  /**
   * What follows the seed, in pieces as it is drawn. Ended early, it stops drawing.
   *
   * @throws EscribaError where the network is not loaded, or the thread ended
   */
  async *write(model: number, request: WriteRequest): AsyncGenerator<string, void, undefined> {
    this.#use(model);
    let unread = '';
    let end: { readonly error: unknown } | undefined;
    let wake = () => {};
    const number = this.#send(
      { type: 'write', model, request },
      {
        onText: (text) => {
          unread += text;
          wake();
        },
        resolve: () => {
          end = { error: undefined };
          wake();
        },
        reject: (error) => {
          end = { error };
          wake();
        },
      },
    );
    try {
      for (;;) {
        if (unread !== '') {
          const text = unread;
          unread = '';
          yield text;
        } else if (end?.error) throw end.error;
        else if (end) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      if (this.#calls.delete(number)) this.#post({ call: number, cancel: true });
    }
  }

  /** @throws EscribaError where the network is not loaded, or the thread ended */
  async score(model: number, text: string): Promise<TextScore> {
    this.#use(model);
    const result = await this.#call({ type: 'score', model, text });
    if (result && 'bitsPerCharacter' in result) return result;
    throw new TypeError('the thread gave no score');
  }

  /** Takes a text of which `longestQuote` is to tell what others have from it; the same name takes the place of another. */
  async addSource(name: string, text: string): Promise<void> {
    this.#sources.set(name, text);
    await this.#call({ type: 'source', name, text });
  }

  /** The longest stretch that a text has word for word from a source, null where there is none or no such source. */
  async longestQuote(source: string, text: string): Promise<Quote | null> {
    const result = await this.#call({ type: 'quote', source, text });
    return result && 'sourceAt' in result ? result : null;
  }

  /** Ends the thread; what is under way fails. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (!worker) return;
    const exit = once(worker, 'exit');
    worker.postMessage({ end: true } satisfies ToThread);
    await exit;
  }

  #use(id: number): void {
    const model = this.#models.get(id);
    if (!model) {
      throw new EscribaError('The network is no longer in memory.', 'Load it again.');
    }
    this.#models.delete(id);
    this.#models.set(id, model);
  }

  #call(task: Task): Promise<TaskResult> {
    return new Promise((resolve, reject) => {
      this.#send(task, { onText: () => {}, resolve, reject });
    });
  }

  #send(task: Task, call: Call): number {
    const number = this.#nextCall++;
    if (this.#closed) {
      call.reject(new EscribaError('The writing has ended: the program is leaving.', 'Try later.'));
      return number;
    }
    this.#worker ??= this.#start();
    this.#calls.set(number, call);
    this.#post({ call: number, task });
    return number;
  }

  #post(message: ToThread): void {
    this.#worker?.postMessage(message);
  }

  #start(): Worker {
    const file = new URL(`./thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, {
      workerData: { threads: this.#threads },
      // What the engine says to its library through the environment has to reach the process's own.
      env: SHARE_ENV,
    });
    let cause: unknown;
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      this.#worker = undefined;
      const calls = [...this.#calls.values()];
      this.#calls.clear();
      for (const { reject } of calls) {
        reject(
          new EscribaError('The thread that writes ended unexpectedly.', 'Try again.', { cause }),
        );
      }
    });
    // Nobody waits for these: that a network could not be loaded again is told when it is to write.
    const again = [
      ...Array.from(this.#models.values(), (model): Task => ({ type: 'load', model })),
      ...Array.from(this.#sources, ([name, text]): Task => ({ type: 'source', name, text })),
    ];
    for (const task of again) worker.postMessage({ call: 0, task } satisfies ToThread);
    return worker;
  }

  #receive(message: FromThread): void {
    const call = this.#calls.get(message.call);
    if (!call) return;
    if (message.type === 'text') {
      call.onText(message.text);
      return;
    }
    this.#calls.delete(message.call);
    if (message.type === 'done') call.resolve(message.result);
    else call.reject(new EscribaError(message.message, message.remedy ?? 'Try again.'));
  }
}

/** The same arrays where both threads see them: a network is in memory once, whichever thread looks. */
function share(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => {
      const shared = new Float32Array(new SharedArrayBuffer(data.byteLength));
      shared.set(data);
      return [name, { shape, data: shared }];
    }),
  );
}
