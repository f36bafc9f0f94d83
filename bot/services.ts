import type { WritingService } from '../src/sample/service/service.ts';
import type { Store } from '../src/store/database.ts';
import type { Clock } from './clock.ts';
import type { Counters } from './counters.ts';
import type { Exchanges } from './exchanges.ts';
import type { Library } from './library.ts';
import type { Poster } from './posting.ts';

/** What commands work with. */
export interface Services {
  /** Opened so that it never waits: asked through `patiently`. */
  readonly store: Store;
  readonly library: Library;
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
