import type { WritingService } from '../../src/sample/service/service.ts';
import type { Store } from '../../src/store/database.ts';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Poster } from '../core/posting.ts';
import type { Exchanges } from './exchanges.ts';
import type { ModelCache } from './model-cache.ts';

/** What commands work with. */
export interface Services {
  /** Opened so that it never waits: asked through `retryWhileBusy`. */
  readonly store: Store;
  readonly library: ModelCache;
  readonly writing: WritingService;
  readonly exchanges: Exchanges;
  readonly counters: Counters;
  readonly poster: () => Poster;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Tells the scheduler that a schedule has changed. */
  readonly scheduleChanged: () => void;
}
