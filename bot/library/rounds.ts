import type { Store } from '../../src/store/database.ts';
import {
  type Choice,
  findRound,
  forgetPlayer,
  listScores,
  listVotes,
  type PlayerRecord,
  placesPlayed,
  type Round,
  recordOfPlayer,
  recordRound,
  recordVote,
  type Score,
  type Vote,
} from '../../src/store/rounds.ts';
import type { Clock } from '../core/clock.ts';
import { retryWhileBusy } from '../core/retry-while-busy.ts';

/** What came of a vote: it counts, it is not the first of its player, or the answer is told already. */
export type VoteOutcome =
  | { readonly type: 'counted' | 'late' }
  | { readonly type: 'chosen'; readonly before: Choice };

/** The rounds of "Real or invented?" and the scores. */
export class Rounds {
  readonly #store: Store;
  readonly #clock: Clock;
  /** Whether a server has removed the bot: nothing more is kept of it. */
  readonly #hasLeft: (guild: string) => boolean;

  constructor(store: Store, clock: Clock, hasLeft: (guild: string) => boolean) {
    this.#store = store;
    this.#clock = clock;
    this.#hasLeft = hasLeft;
  }

  record(round: Round): Promise<void> {
    return this.#do(() => {
      if (round.guild === null || !this.#hasLeft(round.guild)) recordRound(this.#store, round);
    });
  }

  find(id: string): Promise<Round | undefined> {
    return this.#do(() => findRound(this.#store, id));
  }

  vote(round: Round, vote: Vote): Promise<VoteOutcome> {
    return this.#do(() => {
      if (this.#clock.now() >= round.ends || !findRound(this.#store, round.id)) {
        return { type: 'late' };
      }
      const before = recordVote(this.#store, round, vote);
      return before === null ? { type: 'counted' } : { type: 'chosen', before };
    });
  }

  votes(round: string): Promise<readonly Vote[]> {
    return this.#do(() => listVotes(this.#store, round));
  }

  placesPlayed(channel: string, corpus: string): Promise<readonly number[]> {
    return this.#do(() => placesPlayed(this.#store, channel, corpus));
  }

  scores(guild: string): Promise<readonly Score[]> {
    return this.#do(() => listScores(this.#store, guild));
  }

  /** All that is kept of a player. */
  of(player: string): Promise<PlayerRecord> {
    return this.#do(() => recordOfPlayer(this.#store, player));
  }

  /** Deletes all that is kept of a player. @returns how many rows there were */
  forgetAllOf(player: string): Promise<number> {
    return this.#do(() => forgetPlayer(this.#store, player));
  }

  #do<T>(work: () => T): Promise<T> {
    return retryWhileBusy(work, this.#clock);
  }
}
