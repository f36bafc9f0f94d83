import { BadInput } from '../../src/errors.ts';
import { openCorpus } from '../../src/run/corpora.ts';
import { networkAt } from '../../src/run/models.ts';
import type { Quote } from '../../src/sample/quotes.ts';
import { type FindWord, indexWords } from '../../src/sample/seed-word.ts';
import type { BorrowedNetwork, WritingService } from '../../src/sample/service/service.ts';
import { skipIfBusy } from '../../src/store/busy.ts';
import type { Checkpoint } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';
import { getRun, listRuns, type Run, readRunTokenizer } from '../../src/store/runs.ts';
import { listServing, runCheckpoint, servingCheckpoint } from '../../src/store/serving.ts';
import { type Corpus, passagesOf } from '../../src/text/corpus.ts';
import { readTokenizer } from '../../src/text/tokenizer/saved-tokenizer.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';

/** A network that was in memory a moment ago. */
export interface ReadyNetwork {
  readonly run: Run;
  readonly checkpoint: Checkpoint;
  readonly tokenizer: Tokenizer;
}

/** A corpus that is on this machine. */
export interface OpenText {
  readonly corpus: Corpus;
  /** Its verses, paragraphs or lines. */
  readonly passages: readonly string[];
  /** Where each passage begins in the whole text, in UTF-16 units. */
  readonly beginnings: readonly number[];
  readonly findWord: FindWord;
}

export interface ModelCacheParts {
  readonly store: Store;
  readonly service: WritingService;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a checkpoint that failed to load is not tried again, in milliseconds. */
const tryAgainAfter = 60_000;

/** Finds networks and texts by name, and has them ready. */
export class ModelCache {
  readonly #parts: ModelCacheParts;
  /** By corpus: what served last. */
  readonly #serving = new Map<string, ReadyNetwork>();
  /** By checkpoint: when it failed to load. */
  readonly #failed = new Map<number, number>();
  readonly #texts = new Map<string, Promise<OpenText | null>>();
  /** By run: what it reads by, which never changes. */
  readonly #tokenizers = new Map<number, Tokenizer>();

  constructor(parts: ModelCacheParts) {
    this.#parts = parts;
  }

  /**
   * The network that serves a corpus now, null where none does. A new one serves from the next call on; where it
   * cannot be loaded, or the store cannot be read, the previous one keeps serving.
   */
  async serving(corpus: string): Promise<ReadyNetwork | null> {
    const { store, clock, log } = this.#parts;
    const last = this.#serving.get(corpus);
    const checkpoint = last
      ? skipIfBusy(() => servingCheckpoint(store, corpus), last.checkpoint)
      : await retryWhileBusy(() => servingCheckpoint(store, corpus), clock);
    if (!checkpoint) return null;
    const recently = (this.#failed.get(checkpoint.id) ?? -Infinity) > clock.now() - tryAgainAfter;
    if (last && recently) return this.#ready(last.checkpoint);
    try {
      const ready = await this.#ready(checkpoint);
      this.#serving.set(corpus, ready);
      return ready;
    } catch (error) {
      this.#failed.set(checkpoint.id, clock.now());
      log.error({ corpus, checkpoint: checkpoint.id, error: String(error) }, notLoaded);
      if (!last) throw error;
      return this.#ready(last.checkpoint);
    }
  }

  /** The network of one run of a corpus, null where there is no such run or it has no checkpoint. */
  async ofRun(corpus: string, id: number): Promise<ReadyNetwork | null> {
    const chosen = (await this.runs(corpus)).find(({ run }) => run.id === id);
    return chosen ? this.#ready(chosen.checkpoint) : null;
  }

  /** The runs of a corpus that could write, with the checkpoint that each would write by, the newest first. */
  runs(corpus: string): Promise<{ readonly run: Run; readonly checkpoint: Checkpoint }[]> {
    const { store, clock } = this.#parts;
    return retryWhileBusy(
      () =>
        listRuns(store, clock.now())
          .filter((run) => run.corpus === corpus)
          .flatMap((run) => {
            const checkpoint = runCheckpoint(store, run.id);
            return checkpoint ? [{ run, checkpoint }] : [];
          }),
      clock,
    );
  }

  /** The corpora that a network serves, by name. */
  async served(): Promise<string[]> {
    const { store, clock } = this.#parts;
    return (await retryWhileBusy(() => listServing(store), clock)).map(({ corpus }) => corpus);
  }

  /** A corpus as far as it is on this machine, null where it is not. */
  text(name: string): Promise<OpenText | null> {
    const known = this.#texts.get(name);
    if (known) return known;
    const opening = this.#open(name);
    this.#texts.set(name, opening);
    // A text that is not there can be fetched at any time; a failure may pass.
    opening.then(
      (text) => text ?? this.#texts.delete(name),
      () => this.#texts.delete(name),
    );
    return opening;
  }

  /** The longest stretch that a text has word for word from a corpus; `unknown` where the corpus is not on this machine. */
  async quote(name: string, text: string): Promise<Quote | null | 'unknown'> {
    if ((await this.text(name)) === null) return 'unknown';
    return this.#parts.service.longestQuote(name, text);
  }

  async #open(name: string): Promise<OpenText | null> {
    const { store, service, clock } = this.#parts;
    let corpus: Corpus;
    try {
      corpus = await retryWhileBusy(() => openCorpus(store, name), clock);
    } catch (error) {
      if (error instanceof BadInput) return null;
      throw error;
    }
    const passages = passagesOf(corpus);
    const beginnings = passages.map(({ start }) => start);
    const [findWord] = await Promise.all([
      indexWords(corpus.text),
      service.addSource(name, corpus.text),
    ]);
    return { corpus, passages: passages.map(({ text }) => text), beginnings, findWord };
  }

  /** A network of this library, to write and score with; whoever borrows it gives it back. */
  borrow({ checkpoint }: Pick<ReadyNetwork, 'checkpoint'>): Promise<BorrowedNetwork> {
    const { store, service, clock } = this.#parts;
    return service.borrow(checkpoint.id, () =>
      retryWhileBusy(() => networkAt(store, checkpoint, clock.now()), clock),
    );
  }

  async #ready(checkpoint: Checkpoint): Promise<ReadyNetwork> {
    const { store, clock } = this.#parts;
    (await this.borrow({ checkpoint })).release();
    return retryWhileBusy(() => {
      const run = getRun(store, checkpoint.run, clock.now());
      const tokenizer =
        this.#tokenizers.get(run.id) ?? readTokenizer(readRunTokenizer(store, run.id));
      this.#tokenizers.set(run.id, tokenizer);
      return { run, checkpoint, tokenizer };
    }, clock);
  }
}

/** The passage of a text at a place of the whole of it. */
export function passageAt({ beginnings }: OpenText, at: number): number {
  let low = 0;
  let high = beginnings.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((beginnings[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

const notLoaded = 'A checkpoint could not be loaded; the one before serves on, where there is one.';
