import type { IncomingMessage, RequestListener } from 'node:http';
import { readBody } from './body.ts';
import type { Answer, Endpoint, Faults } from './faults.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal, unauthorized, unknownRoute } from './refusal.ts';
import { type GatewayAddress, handlers, needsToken, type Routed, route } from './routes.ts';
import type { World } from './world.ts';

/** A request as it was answered. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly endpoint: Endpoint | null;
  /** 0 where the connection was cut. */
  readonly status: number;
  readonly body: unknown;
  readonly at: number;
}

export interface RestParts {
  readonly world: World;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly gateway: () => GatewayAddress;
  readonly log: (request: LoggedRequest) => void;
}

const prefix = '/api/v10';

/** Discord's REST server, under `/api/v10`. */
export function restServer({ world, faults, limits, gateway, log }: RestParts): RequestListener {
  const handle = handlers(gateway);

  async function carryOut(
    { endpoint, parts }: Routed,
    query: URLSearchParams,
    body: Awaited<ReturnType<typeof readBody>>,
    request: IncomingMessage,
  ): Promise<Answer> {
    const authorized = needsToken(endpoint);
    if (authorized && request.headers.authorization !== `Bot ${world.token}`) throw unauthorized();
    const counted = limits.count(endpoint, parts, authorized);
    if ('refusal' in counted) return counted.refusal;
    const { headers } = counted;
    return attempt(() => {
      const answer = handle[endpoint](world, { parts, query, body });
      return { status: answer === null ? 204 : 200, body: answer, headers };
    });
  }

  return (request, response) => {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://loopback');
    let endpoint: Endpoint | null = null;
    let json: unknown;
    const answered = attempt(async () => {
      const body = await readBody(request);
      json = body.json;
      if (!pathname.startsWith(`${prefix}/`)) throw unknownRoute();
      const routed = route(method, pathname.slice(prefix.length));
      endpoint = routed.endpoint;
      return faults.through(routed.endpoint, () =>
        attempt(() => carryOut(routed, searchParams, body, request)),
      );
    });
    answered.then(
      (answer) => {
        const status = answer === 'reset' ? 0 : answer.status;
        log({ method, path: pathname, endpoint, status, body: json, at: world.clock() });
        if (answer === 'reset') {
          request.socket.resetAndDestroy();
          return;
        }
        response.writeHead(answer.status, {
          ...(answer.body === null ? {} : { 'content-type': 'application/json' }),
          ...answer.headers,
        });
        response.end(answer.body === null ? undefined : JSON.stringify(answer.body));
      },
      // A defect of the loopback itself, or a connection that the other side cut.
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  };
}

/** What was answered, a refusal too. */
async function attempt(act: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body };
    throw error;
  }
}
