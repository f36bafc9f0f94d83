import { modelAt } from '../../src/run/models.ts';
import { WritingService } from '../../src/sample/service/service.ts';
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

  /** The service, with the network of a checkpoint in its memory. */
  async with(checkpoint: Checkpoint): Promise<WritingService> {
    // One processor: the others may be training.
    this.#service ??= new WritingService({ threads: 1 });
    if (!this.#service.isLoaded(checkpoint.id)) {
      const { config, tokenizer, weights } = modelAt(this.#store, checkpoint, this.#now());
      await this.#service.load({
        id: checkpoint.id,
        config,
        characters: tokenizer.characters,
        weights,
      });
    }
    return this.#service;
  }

  async close(): Promise<void> {
    await this.#service?.close();
  }
}
