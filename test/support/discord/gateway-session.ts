import type { WebSocket } from 'ws';

/** An event as the gateway sent it. */
export interface SentEvent {
  readonly op: 0;
  readonly t: string;
  readonly s: number;
  readonly d: unknown;
}

/** How many events Discord keeps for who comes back. */
const kept = 1_000;

/** What Discord knows of a shard between two connections: all that was told since it identified. */
export class GatewaySession {
  readonly id: string;
  readonly shard: number;
  /** The connection it is on; null while nobody is connected. */
  socket: WebSocket | null = null;
  #sequence = 0;
  #events: SentEvent[] = [];

  constructor(id: string, shard: number) {
    this.id = id;
    this.shard = shard;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Tells an event, or keeps it for when the shard resumes. */
  tell(t: string, d: unknown): void {
    this.#sequence += 1;
    const event: SentEvent = { op: 0, t, s: this.#sequence, d };
    this.#events.push(event);
    if (this.#events.length > kept) this.#events.shift();
    if (this.socket) send(this.socket, event);
  }

  /** The events after that one, oldest first. */
  since(sequence: number): readonly SentEvent[] {
    return this.#events.filter(({ s }) => s > sequence);
  }
}

/** Puts something on the line, if it is still up. */
export function send(socket: WebSocket, payload: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
}
