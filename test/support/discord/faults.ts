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
  message: 'GET /channels/:channel/messages/:message',
  publish: 'POST /channels/:channel/messages/:message/crosspost',
  beginThread: 'POST /channels/:channel/threads',
  threads: 'GET /guilds/:guild/threads/active',
  channel: 'GET /channels/:channel',
  privateChannel: 'POST /users/:user/channels',
} as const;
export type Endpoint = keyof typeof endpoints;

/** With `done` the request is carried out, and only its answer is lost. */
export type Fault =
  /** A trouble of Discord's own, by its status. */
  | { readonly type: 'trouble'; readonly status: 500 | 502 | 503 | 504; readonly done?: boolean }
  | { readonly type: 'rate-limit'; readonly retryAfterSeconds: number; readonly global?: boolean }
  /** The server's AutoMod blocks what is written. */
  | { readonly type: 'auto-mod' }
  /** Something in front of Discord is in the way; with Discord's code for its own wall. */
  | { readonly type: 'proxy'; readonly status: 403; readonly code?: 40333 }
  /** The connection is cut. */
  | { readonly type: 'reset'; readonly done?: boolean }
  /** Nothing for a while, then as if nothing had been. */
  | { readonly type: 'slow'; readonly milliseconds: number };

export interface FaultOptions {
  /** How many requests it hits; every one, where nothing is said. */
  readonly times?: number;
}

interface SetFault {
  readonly endpoint: Endpoint;
  readonly fault: Fault;
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
    { times = Number.POSITIVE_INFINITY }: FaultOptions = {},
  ): void {
    this.#set.push({ endpoint, fault, left: times });
  }

  clear(): void {
    this.#set = [];
  }

  /** Carries a request out through the fault that waits for it, if there is one. */
  async through(endpoint: Endpoint, carryOut: () => Promise<Answer>): Promise<Answer> {
    const hit = this.#set.find((one) => one.endpoint === endpoint && one.left > 0);
    if (!hit) return carryOut();
    hit.left -= 1;
    const { fault } = hit;
    if ('done' in fault && fault.done) await carryOut();
    switch (fault.type) {
      case 'trouble':
        return { status: fault.status, body: { message: 'trouble', code: 0 } };
      case 'auto-mod':
        return {
          status: 400,
          body: { message: 'Message was blocked by automatic moderation', code: 200000 },
        };
      case 'proxy': {
        const { status, code } = fault;
        return { status, body: { message: 'blocked', ...(code ? { code } : {}) } };
      }
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
