import { networkAt } from '../../src/run/models.ts';
import { type BorrowedNetwork, WritingService } from '../../src/sample/service/service.ts';
import type { Checkpoint } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';

/** The thread that writes and scores, started when it is first asked for. */
export class Writing {
  readonly #store: Store;
  readonly #now: () => number;
  #service: WritingService | undefined;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** The network of a checkpoint, to be given back. */
  borrow(checkpoint: Checkpoint): Promise<BorrowedNetwork> {
    // One processor: the others may be training.
    this.#service ??= new WritingService({ threads: 1 });
    return this.#service.borrow(checkpoint.id, () =>
      networkAt(this.#store, checkpoint, this.#now()),
    );
  }

  async close(): Promise<void> {
    await this.#service?.close();
  }
}
