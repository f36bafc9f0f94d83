import type { Server as HttpServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  closeCodes,
  goingAway,
  goodbye,
  identify,
  opcodes,
  payload,
  privilegedIntents,
  resume,
} from './gateway-protocol.ts';
import { GatewaySession, send } from './gateway-session.ts';
import { userPayload } from './payloads.ts';
import { serverPayload, shardOf } from './servers.ts';
import type { World } from './world.ts';

interface Connection {
  readonly socket: WebSocket;
  session: GatewaySession | null;
  heartbeatDue: NodeJS.Timeout | null;
}

export interface GatewayOptions {
  readonly shards: number;
  readonly heartbeatMilliseconds: number;
}

/** Counts of what the gateway saw. */
export interface GatewayCounts {
  connections: number;
  identifies: number;
  resumes: number;
  heartbeats: number;
}

/** Discord's gateway on the REST server's port. Whatever a test has it do, it does to every connection. */
export class Gateway {
  readonly counts: GatewayCounts = { connections: 0, identifies: 0, resumes: 0, heartbeats: 0 };
  /** While false heartbeats go unanswered: the connection is there and nobody is at its other end. */
  answersHeartbeats = true;
  /** While false every new connection is cut at once. */
  takesConnections = true;
  readonly #world: World;
  readonly #options: GatewayOptions;
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, GatewaySession>();
  #url = '';

  constructor(world: World, http: HttpServer, options: GatewayOptions) {
    this.#world = world;
    this.#options = options;
    this.#server = new WebSocketServer({ server: http });
    this.#server.on('connection', (socket) => this.#connected(socket));
  }

  /** What GET /gateway/bot says. */
  address(): { readonly url: string; readonly shards: number } {
    return { url: this.#url, shards: this.#options.shards };
  }

  listenedAt(port: number): void {
    this.#url = `ws://127.0.0.1:${port}`;
  }

  /** How many shards have a session on an open connection. */
  get connected(): number {
    return [...this.#connections].filter(({ session }) => session !== null).length;
  }

  /** Tells an event to every session of a server's shard, or of the first shard where it is of none. */
  tell(guildId: string | null, t: string, d: unknown): void {
    const shard = guildId === null ? 0 : shardOf(guildId, this.#options.shards);
    const sessions = [...this.#sessions.values()].filter((one) => one.shard === shard);
    if (sessions.length === 0) throw new Error(`No bot has identified for shard ${shard} yet.`);
    for (const session of sessions) session.tell(t, d);
  }

  /** Cuts every connection, as a network does; the sessions can be resumed. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Closes every connection with a code. */
  close(code: number): void {
    for (const { socket } of this.#connections) socket.close(code);
  }

  /** Asks every shard to connect anew and resume. */
  askToReconnect(): void {
    for (const { socket } of this.#connections) send(socket, { op: opcodes.reconnect, d: null });
  }

  /** Tells every shard that its session is over; one that is resumable may be resumed. */
  invalidateSessions(resumable: boolean): void {
    if (!resumable) this.#sessions.clear();
    for (const { socket } of this.#connections) {
      send(socket, { op: opcodes.invalidSession, d: resumable });
    }
  }

  /** Forgets every session: who comes to resume one is told that it is invalid. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  async stop(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connected(socket: WebSocket): void {
    this.counts.connections += 1;
    this.#world.changes.notify();
    if (!this.takesConnections) {
      socket.terminate();
      return;
    }
    const connection: Connection = { socket, session: null, heartbeatDue: null };
    this.#connections.add(connection);
    socket.on('message', (data) => this.#received(connection, String(data)));
    socket.on('close', (code) => {
      if (connection.heartbeatDue) clearTimeout(connection.heartbeatDue);
      this.#connections.delete(connection);
      const { session } = connection;
      // It may have been taken up on another connection before this one was closed.
      if (session?.socket === socket) {
        session.socket = null;
        if (code === goodbye || code === goingAway) this.#sessions.delete(session.id);
      }
      this.#world.changes.notify();
    });
    const { heartbeatMilliseconds } = this.#options;
    send(socket, { op: opcodes.hello, d: { heartbeat_interval: heartbeatMilliseconds } });
    this.#expectHeartbeat(connection);
  }

  #expectHeartbeat(connection: Connection): void {
    if (connection.heartbeatDue) clearTimeout(connection.heartbeatDue);
    connection.heartbeatDue = setTimeout(
      () => connection.socket.close(closeCodes.sessionTimedOut),
      this.#options.heartbeatMilliseconds * 2,
    ).unref();
  }

  #received(connection: Connection, text: string): void {
    const { socket } = connection;
    const read = payload.safeParse(parse(text));
    if (!read.success) {
      socket.close(closeCodes.decodeError);
      return;
    }
    const { op, d } = read.data;
    switch (op) {
      case opcodes.heartbeat:
        this.counts.heartbeats += 1;
        this.#expectHeartbeat(connection);
        if (this.answersHeartbeats) send(socket, { op: opcodes.acknowledged });
        break;
      case opcodes.identify:
      case opcodes.resume: {
        const refused =
          op === opcodes.identify ? this.#identify(connection, d) : this.#resume(connection, d);
        if (refused !== null) socket.close(refused);
        break;
      }
      default:
        socket.close(connection.session ? closeCodes.unknownOpcode : closeCodes.notAuthenticated);
    }
    this.#world.changes.notify();
  }

  /** Begins a session; gives the close code of what is refused. */
  #identify(connection: Connection, d: unknown): number | null {
    this.counts.identifies += 1;
    const read = identify.safeParse(d);
    if (!read.success) return closeCodes.decodeError;
    const { token, intents, shard: [shard, count] = [0, 1] } = read.data;
    if (connection.session) return closeCodes.alreadyAuthenticated;
    if (token !== this.#world.token) return closeCodes.authenticationFailed;
    if ((intents & privilegedIntents) !== 0) return closeCodes.disallowedIntents;
    if (shard >= count || count !== this.#options.shards) {
      return closeCodes.invalidShard;
    }
    const session = new GatewaySession(this.#world.nextId(), shard);
    this.#sessions.set(session.id, session);
    this.#attach(connection, session);
    const { applicationId, ownerId } = this.#world;
    const servers = [...this.#world.servers.values()].filter(
      ({ id, installed }) => installed && shardOf(id, count) === shard,
    );
    session.tell('READY', {
      v: 10,
      user: userPayload(applicationId, true),
      guilds: servers.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.#url,
      shard: [shard, count],
      application: { id: applicationId, flags: 0 },
    });
    for (const server of servers) {
      session.tell('GUILD_CREATE', serverPayload(server, applicationId, ownerId));
    }
    return null;
  }

  /** Takes a session up again; gives the close code of what is refused. */
  #resume(connection: Connection, d: unknown): number | null {
    this.counts.resumes += 1;
    const { socket } = connection;
    const read = resume.safeParse(d);
    if (!read.success) return closeCodes.decodeError;
    if (read.data.token !== this.#world.token) {
      return closeCodes.authenticationFailed;
    }
    const session = this.#sessions.get(read.data.session_id);
    if (!session) {
      send(socket, { op: opcodes.invalidSession, d: false });
      return null;
    }
    if (read.data.seq > session.sequence) return closeCodes.invalidSequence;
    const missed = session.since(read.data.seq);
    this.#attach(connection, session);
    for (const event of missed) send(socket, event);
    session.tell('RESUMED', {});
    return null;
  }

  #attach(connection: Connection, session: GatewaySession): void {
    connection.session = session;
    session.socket = connection.socket;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
