import { createServer, type Server, type ServerResponse } from 'node:http';
import { EscribaError } from '../src/errors.ts';

/** How the bot is. */
export interface Health {
  readonly connected: boolean;
  /** Whether its last heartbeat is recent. */
  readonly beating: boolean;
}

export interface HealthParts {
  readonly health: () => Health;
  /** As Prometheus reads them. */
  readonly metrics: () => string;
}

/**
 * Answers on loopback `/healthz` (200 while the bot is well, else 503, and how it is as JSON) and `/metrics`.
 *
 * @throws EscribaError where the port is taken
 */
export async function serveHealth(port: number, { health, metrics }: HealthParts): Promise<Server> {
  const pages: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/healthz': (response) => {
      const { connected, beating } = health();
      response
        .writeHead(connected && beating ? 200 : 503, { 'content-type': 'application/json' })
        .end(`${JSON.stringify({ connected, beating })}\n`);
    },
    '/metrics': (response) => {
      response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
        .end(metrics());
    },
  };
  const server = createServer(({ url = '' }, response) => {
    if (Object.hasOwn(pages, url)) pages[url]?.(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new EscribaError(
          `Cannot listen on port ${port}: ${cause.message}.`,
          'Choose another one with --health.',
          { cause },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
