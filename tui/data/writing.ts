import { networkAt } from '../../src/run/models.ts';
import type { BorrowedNetwork, WritingService } from '../../src/sample/service/service.ts';
import type { Checkpoint } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';

/** The thread that writes and scores, started when it is first asked for. */
export class Writing {
  readonly #store: Store;
  readonly #now: () => number;
  #service: Promise<WritingService> | undefined;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** The network of a checkpoint, to be given back. */
  async borrow(checkpoint: Checkpoint): Promise<BorrowedNetwork> {
    this.#service ??= startService();
    const service = await this.#service;
    return service.borrow(checkpoint.id, () => networkAt(this.#store, checkpoint, this.#now()));
  }

  async close(): Promise<void> {
    await (await this.#service)?.close();
  }
}

/** It is read when it is first needed: that is not when the dashboard opens. */
async function startService(): Promise<WritingService> {
  const { WritingService } = await import('../../src/sample/service/service.ts');
  // One processor: the others may be training.
  return new WritingService({ threads: 1 });
}
