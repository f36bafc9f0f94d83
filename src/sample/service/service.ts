import { availableParallelism } from 'node:os';
import { EscribaError } from '../../errors.ts';
import type { NamedArrays } from '../../network/config.ts';
import { ThreadClient, threadFile } from '../../threads/client.ts';
import type { Quote } from '../quotes.ts';
import type { TextScore } from '../score.ts';
import type { WriteRequest } from '../writer.ts';
import type { ServiceModel } from './served-network.ts';
import type { WritingHandlers } from './thread.ts';

export interface ServiceOptions {
  /** Processors to compute with; all of the machine, where nothing is said. */
  readonly threads?: number;
  /** How many networks stay in memory, the last used ones; 6, where nothing is said. */
  readonly keep?: number;
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
  #thread: ThreadClient<WritingHandlers> | undefined;
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
    const thread = this.#running();
    const shared = { ...model, weights: share(model.weights) };
    this.#models.set(model.id, shared);
    try {
      await thread.call('load', shared);
    } catch (error) {
      this.#models.delete(model.id);
      throw error;
    }
    const [oldest] = this.#models.keys();
    if (oldest === undefined || this.#models.size <= this.#keep) return;
    this.#models.delete(oldest);
    await thread.call('unload', oldest);
  }

  /**
   * What follows the seed, in pieces as it is drawn. Ended early, it stops drawing.
   *
   * @throws EscribaError where the network is not loaded, or the thread ended
   */
  async *write(model: number, request: WriteRequest): AsyncGenerator<string, void, undefined> {
    this.#use(model);
    yield* this.#running().stream('write', { model, request });
  }

  /** @throws EscribaError where the network is not loaded, or the thread ended */
  async score(model: number, text: string): Promise<TextScore> {
    this.#use(model);
    return this.#running().call('score', { model, text });
  }

  /** Takes a text of which `longestQuote` is to tell what others have from it; the same name takes the place of another. */
  async addSource(name: string, text: string): Promise<void> {
    const thread = this.#running();
    this.#sources.set(name, text);
    await thread.call('addSource', { name, text });
  }

  /** The longest stretch that a text has word for word from a source, null where there is none or no such source. */
  async longestQuote(source: string, text: string): Promise<Quote | null> {
    return this.#running().call('longestQuote', { source, text });
  }

  /** Ends the thread; what is under way fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread?.close();
  }

  #use(id: number): void {
    const model = this.#models.get(id);
    if (!model) {
      throw new EscribaError('The network is no longer in memory.', 'Load it again.');
    }
    this.#models.delete(id);
    this.#models.set(id, model);
  }

  #running(): ThreadClient<WritingHandlers> {
    if (this.#closed) {
      throw new EscribaError('The writing has ended: the program is leaving.', 'Try later.');
    }
    if (this.#thread && !this.#thread.hasEnded) return this.#thread;
    const thread = new ThreadClient<WritingHandlers>(threadFile(import.meta.url, './thread'), {
      purpose: 'writes',
      data: this.#threads,
    });
    this.#thread = thread;
    // That a network could not be loaded again is told when it is to write.
    for (const model of this.#models.values()) thread.call('load', model).catch(() => {});
    for (const [name, text] of this.#sources) {
      thread.call('addSource', { name, text }).catch(() => {});
    }
    return thread;
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
