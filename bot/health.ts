import { createServer, type Server } from 'node:http';
import { EscribaError } from '../src/errors.ts';

/** How the bot is. */
export interface Health {
  readonly connected: boolean;
  /** Whether its heart has beaten of late. */
  readonly beating: boolean;
}

/**
 * Answers `/healthz` on loopback: 200 while the bot is well, else 503, and how it is as JSON.
 *
 * @throws EscribaError where the port is taken
 */
export async function serveHealth(port: number, health: () => Health): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/healthz') {
      response.writeHead(404).end();
      return;
    }
    const { connected, beating } = health();
    response
      .writeHead(connected && beating ? 200 : 503, { 'content-type': 'application/json' })
      .end(`${JSON.stringify({ connected, beating })}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new EscribaError(
          `Port ${port} of this machine cannot be listened at: ${cause.message}.`,
          'Choose another one with --health.',
          { cause },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
