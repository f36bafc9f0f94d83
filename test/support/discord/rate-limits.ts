import type { Endpoint } from './faults.ts';
import { type Answer, rateLimited } from './faults.ts';

/** Requests in so many seconds, per the value of one of the path's parts: as Discord was seen to limit them. */
const limits: Partial<
  Record<Endpoint, { readonly requests: number; readonly seconds: number; readonly per: string }>
> = {
  post: { requests: 5, seconds: 5, per: 'channel' },
  history: { requests: 5, seconds: 1, per: 'channel' },
  followUp: { requests: 5, seconds: 2, per: 'token' },
  editReply: { requests: 5, seconds: 2, per: 'token' },
  deleteReply: { requests: 5, seconds: 2, per: 'token' },
};
/** Requests of a bot in a second, those to interactions not counted. */
const globalLimit = 50;

interface Window {
  readonly endsAt: number;
  used: number;
}

/**
 * Counts requests as Discord does. In real time, whatever clock the rest goes by: it is what the library
 * on the other side waits in.
 */
export class RateLimits {
  readonly #windows = new Map<string, Window>();

  /** The 429 that this request gets, or the headers that its answer carries. */
  count(
    endpoint: Endpoint,
    parts: Readonly<Record<string, string>>,
    authorized: boolean,
  ): { readonly refusal: Answer } | { readonly headers: Readonly<Record<string, string>> } {
    if (authorized) {
      const all = this.#window('global', 1);
      if (all.used >= globalLimit) return { refusal: rateLimited(secondsLeft(all), 'global') };
      all.used += 1;
    }
    const limit = limits[endpoint];
    if (!limit) return { headers: {} };
    const window = this.#window(`${endpoint} ${parts[limit.per]}`, limit.seconds);
    const full = window.used >= limit.requests;
    if (!full) window.used += 1;
    const headers = {
      'x-ratelimit-bucket': endpoint,
      'x-ratelimit-limit': String(limit.requests),
      'x-ratelimit-remaining': String(limit.requests - window.used),
      'x-ratelimit-reset': String(window.endsAt / 1000),
      'x-ratelimit-reset-after': String(secondsLeft(window)),
    };
    if (!full) return { headers };
    const refusal = rateLimited(secondsLeft(window), 'user');
    return {
      refusal:
        refusal === 'reset' ? refusal : { ...refusal, headers: { ...headers, ...refusal.headers } },
    };
  }

  #window(name: string, seconds: number): Window {
    const now = Date.now();
    const before = this.#windows.get(name);
    if (before && now < before.endsAt) return before;
    const window = { endsAt: now + seconds * 1000, used: 0 };
    this.#windows.set(name, window);
    return window;
  }
}

function secondsLeft({ endsAt }: Window): number {
  return Math.max(0, endsAt - Date.now()) / 1000;
}
