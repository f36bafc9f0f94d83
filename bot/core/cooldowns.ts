import { wordsFor } from '../words/words.ts';
import { moment } from './markdown.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';

/** A rate limit: this many requests in this many milliseconds. */
export interface Allowance {
  readonly count: number;
  readonly within: number;
}

/** What each person, and each server as a whole, may ask for. */
export interface Allowances {
  readonly person: Allowance;
  readonly server: Allowance;
}

/** The longest cooldown that a server can set, in seconds: an hour. */
export const longestOwn = 3_600;

/** Five costly requests in 30 seconds a person, 60 in a minute a server. */
export const usualAllowances: Allowances = {
  person: { count: 5, within: 30_000 },
  server: { count: 60, within: 60_000 },
};

/**
 * Turns away who asks for too much in too short a time, and says when that is over.
 *
 * @returns what `admit` of a dispatcher is, with the seconds that the server has each person wait between two requests
 */
export function createCooldowns(
  allowances: Allowances,
  now: () => number,
): (request: Request, costly: boolean, serversOwn?: number) => Reply | null {
  const here = new RecentUse({ count: 1, within: longestOwn * 1000 });
  const persons = new RecentUse(allowances.person);
  const servers = new RecentUse(allowances.server);
  return (request, costly, serversOwn = 0) => {
    if (!costly) return null;
    const { asker, place, locale } = request;
    const at = now();
    const inServer = `${place.guildId} ${asker.userId}`;
    const personFrom = Math.max(
      persons.freeFrom(asker.userId, at),
      here.freeFrom(inServer, at, serversOwn * 1000),
    );
    const serverFrom = place.guildId === null ? at : servers.freeFrom(place.guildId, at);
    if (personFrom > at || serverFrom > at) {
      const { refusals } = wordsFor(locale);
      const text =
        personFrom >= serverFrom
          ? refusals.personCooldown(moment(personFrom, 'from now'))
          : refusals.serverCooldown(moment(serverFrom, 'from now'));
      return { type: 'message', private: true, text };
    }
    persons.use(asker.userId, at);
    if (place.guildId !== null) {
      servers.use(place.guildId, at);
      here.use(inServer, at);
    }
    return null;
  };
}

/** The latest uses of each of many. */
class RecentUse {
  readonly #allowance: Allowance;
  readonly #uses = new Map<string, number[]>();
  #sweepAt = 0;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** From when on it may be used again: now, or later. */
  freeFrom(who: string, now: number, within = this.#allowance.within): number {
    const { count } = this.#allowance;
    const recent = this.#recent(who, now);
    return recent.length < count ? now : Math.max(now, (recent.at(-count) ?? now) + within);
  }

  use(who: string, now: number): void {
    this.#sweep(now);
    this.#uses.set(who, [...this.#recent(who, now), now]);
  }

  #recent(who: string, now: number): number[] {
    return (this.#uses.get(who) ?? []).filter((at) => at > now - this.#allowance.within);
  }

  /** Forgets those who did not ask for a while. */
  #sweep(now: number): void {
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + this.#allowance.within;
    for (const who of this.#uses.keys()) {
      if (this.#recent(who, now).length === 0) this.#uses.delete(who);
    }
  }
}
