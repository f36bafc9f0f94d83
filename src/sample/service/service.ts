import { availableParallelism } from 'node:os';
import { EscribaError } from '../../errors.ts';
import type { NamedArrays } from '../../network/config.ts';
import { saveTokenizer } from '../../text/tokenizer/saved-tokenizer.ts';
import { ThreadClient, threadFile } from '../../threads/client.ts';
import type { Quote } from '../quotes.ts';
import type { TextScore } from '../score.ts';
import type { TrainedNetwork } from '../trained-network.ts';
import type { WriteRequest } from '../write-request.ts';
import type { CarriedNetwork } from './served-network.ts';
import type { WritingHandlers } from './thread.ts';

export interface ServiceOptions {
  /** Processors to compute with. @default all of the machine */
  readonly threads?: number;
  /** How many networks that nobody has borrowed stay in memory: the most recently used. @default 6 */
  readonly idle?: number;
}

/** A network that stays in memory until it is given back. */
export interface BorrowedNetwork {
  /**
   * What follows the seed, in pieces as it is drawn. Ended early, it stops drawing.
   *
   * @throws EscribaError where the thread ended
   */
  write(request: WriteRequest): AsyncGenerator<string, void, void>;
  /** @throws EscribaError where the thread ended */
  score(text: string): Promise<TextScore>;
  /** Gives it back; to be called exactly once, also after an error. */
  release(): void;
}

/** Gives the network of an id, where it is not in memory. */
type ReadNetwork = () => TrainedNetwork | Promise<TrainedNetwork>;

interface Held {
  borrowers: number;
  readonly loading: Promise<CarriedNetwork>;
  /** Once it is in memory. */
  network?: CarriedNetwork;
}

/**
 * Writes and scores in a thread of its own, by networks that are borrowed. Texts that are written by the same network
 * at the same time share its steps. If the thread ends unexpectedly, pending requests fail with an `EscribaError`, and
 * the next call restarts it with the same networks and sources.
 */
export class WritingService {
  readonly #threads: number;
  readonly #idle: number;
  /** By id, the least recently returned first. */
  readonly #held = new Map<number, Held>();
  readonly #sources = new Map<string, string>();
  #thread: ThreadClient<WritingHandlers> | undefined;
  #closed = false;

  constructor({ threads = availableParallelism(), idle = 6 }: ServiceOptions = {}) {
    this.#threads = threads;
    this.#idle = idle;
  }

  /** The networks in memory or being loaded. */
  get held(): readonly number[] {
    return [...this.#held.keys()];
  }

  /**
   * Resolves when the network serves, which stays in memory until it is given back.
   *
   * @param id unique, such as a checkpoint's
   * @param read gives the network; called where it is not in memory
   * @throws what `read` throws; EscribaError where the network cannot be computed, or the thread ended
   */
  async borrow(id: number, read: ReadNetwork): Promise<BorrowedNetwork> {
    const held = this.#held.get(id) ?? this.#hold(id, read);
    held.borrowers++;
    held.network = await held.loading;
    let isBorrowed = true;
    const thread = () => {
      if (!isBorrowed) throw new TypeError('the network was given back');
      return this.#running();
    };
    return {
      write: (request) => thread().stream('write', { id, request }),
      score: (text) => thread().call('score', { id, text }),
      release: () => {
        if (!isBorrowed) return;
        isBorrowed = false;
        this.#giveBack(id, held);
      },
    };
  }

  /** Adds or replaces a source text, which `longestQuote` compares other texts with. */
  async addSource(name: string, text: string): Promise<void> {
    const thread = this.#running();
    this.#sources.set(name, text);
    await thread.call('addSource', { name, text });
  }

  /** The longest span that a text shares verbatim with a source, null where there is none or no such source. */
  async longestQuote(source: string, text: string): Promise<Quote | null> {
    return this.#running().call('longestQuote', { source, text });
  }

  /** Ends the thread; pending requests fail. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread?.close();
  }

  #hold(id: number, read: ReadNetwork): Held {
    const held = { borrowers: 0, loading: this.#load(id, read) };
    this.#held.set(id, held);
    held.loading.catch(() => this.#held.delete(id));
    return held;
  }

  async #load(id: number, read: ReadNetwork): Promise<CarriedNetwork> {
    const { config, tokenizer, weights } = await read();
    const network = {
      ...{ id, config, weights: share(weights) },
      tokenizer: saveTokenizer(tokenizer),
    };
    await this.#running().call('load', network);
    return network;
  }

  #giveBack(id: number, held: Held): void {
    held.borrowers--;
    if (held.borrowers > 0) return;
    this.#held.delete(id);
    this.#held.set(id, held);
    const idle = [...this.#held].filter(([, { borrowers }]) => borrowers === 0);
    for (const [each] of idle.slice(0, Math.max(0, idle.length - this.#idle))) {
      this.#held.delete(each);
      // A thread that is gone has none in memory.
      this.#thread?.call('unload', each).catch(() => {});
    }
  }

  #running(): ThreadClient<WritingHandlers> {
    if (this.#closed) {
      throw new EscribaError('Nothing more can be written: the program is exiting.', 'Try later.');
    }
    if (this.#thread && !this.#thread.hasEnded) return this.#thread;
    const thread = new ThreadClient<WritingHandlers>(threadFile(import.meta.url, './thread'), {
      purpose: 'writes',
      data: this.#threads,
    });
    this.#thread = thread;
    // A network that fails to load again is reported when it is asked to write.
    for (const { network } of this.#held.values()) {
      if (network) thread.call('load', network).catch(() => {});
    }
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
