import type { WritingService } from '../../src/sample/service/service.ts';
import type { Store } from '../../src/store/database.ts';
import type { ServerSettings } from '../../src/store/settings.ts';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Poster } from '../core/posting.ts';
import type { Exchanges } from './exchanges.ts';
import type { Library } from './library.ts';
import type { Rounds } from './rounds.ts';

/** What commands work with. */
export interface Services {
  /** Opened so that it never waits: asked through `retryWhileBusy`. */
  readonly store: Store;
  /** The networks and texts that can be used where the request comes from. */
  readonly library: Library;
  /** Of the server that the request comes from. */
  readonly settings: ServerSettings;
  readonly writing: WritingService;
  readonly exchanges: Exchanges;
  /** The same for another server; the usual settings where it is null. */
  readonly inServer: (guild: string | null) => Services;
  readonly rounds: Rounds;
  readonly counters: Counters;
  readonly poster: () => Poster;
  /** Discord's ids of the slash commands by their English names, as far as they are registered. */
  readonly commandIds: () => ReadonlyMap<string, string>;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Tells the scheduler that a schedule has changed. */
  readonly scheduleChanged: () => void;
}
