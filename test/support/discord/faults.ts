import { setTimeout as sleep } from 'node:timers/promises';

export const endpoints = {
  gateway: 'GET /gateway/bot',
  application: 'GET /applications/:application',
  commands: 'GET /applications/:application/commands',
  serverCommands: 'GET /applications/:application/guilds/:guild/commands',
  overwriteCommands: 'PUT /applications/:application/commands',
  overwriteServerCommands: 'PUT /applications/:application/guilds/:guild/commands',
  callback: 'POST /interactions/:interaction/:token/callback',
  followUp: 'POST /webhooks/:application/:token',
  getReply: 'GET /webhooks/:application/:token/messages/:message',
  editReply: 'PATCH /webhooks/:application/:token/messages/:message',
  deleteReply: 'DELETE /webhooks/:application/:token/messages/:message',
  post: 'POST /channels/:channel/messages',
  history: 'GET /channels/:channel/messages',
  privateChannel: 'POST /users/:user/channels',
} as const;
export type Endpoint = keyof typeof endpoints;

export type Fault =
  /** A trouble of Discord's own, by its status. */
  | { readonly type: 'trouble'; readonly status: 500 | 502 | 503 | 504 }
  | { readonly type: 'rate-limit'; readonly retryAfterSeconds: number; readonly global?: boolean }
  /** The connection is cut. */
  | { readonly type: 'reset' }
  /** Nothing for a while, then as if nothing had been. */
  | { readonly type: 'slow'; readonly milliseconds: number };

export interface FaultOptions {
  /** How many requests it hits; every one, where nothing is said. */
  readonly times?: number;
  /** Whether the request is carried out first, so that only its answer is lost. Never, where nothing is said. */
  readonly done?: boolean;
}

interface SetFault {
  readonly endpoint: Endpoint;
  readonly fault: Fault;
  readonly done: boolean;
  left: number;
}

/** What an answer becomes. */
export type Answer =
  | {
      readonly status: number;
      readonly body: object | null;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'reset';

/** The faults that a test has switched on, by endpoint; of several at one endpoint the first one set goes first. */
export class Faults {
  #set: SetFault[] = [];

  at(
    endpoint: Endpoint,
    fault: Fault,
    { times = Infinity, done = false }: FaultOptions = {},
  ): void {
    this.#set.push({ endpoint, fault, done, left: times });
  }

  clear(): void {
    this.#set = [];
  }

  /** Carries a request out through the fault that waits for it, if there is one. */
  async through(endpoint: Endpoint, carryOut: () => Promise<Answer>): Promise<Answer> {
    const hit = this.#set.find((one) => one.endpoint === endpoint && one.left > 0);
    if (!hit) return carryOut();
    hit.left -= 1;
    const { fault, done } = hit;
    if (done) await carryOut();
    switch (fault.type) {
      case 'trouble':
        return { status: fault.status, body: { message: 'trouble', code: 0 } };
      case 'rate-limit':
        return rateLimited(fault.retryAfterSeconds, fault.global ? 'global' : 'user');
      case 'reset':
        return 'reset';
      case 'slow':
        await sleep(fault.milliseconds, undefined, { ref: false });
        return carryOut();
    }
  }
}

/** Discord's 429. */
export function rateLimited(
  retryAfterSeconds: number,
  scope: 'user' | 'global' | 'shared',
): Answer {
  const global = scope === 'global';
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfterSeconds, global },
    headers: {
      'retry-after': String(retryAfterSeconds),
      'x-ratelimit-scope': scope,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}
