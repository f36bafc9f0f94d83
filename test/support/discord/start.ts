import { createServer as createHttpServer } from 'node:http';
import type { Permission } from '../../../bot/core/request.ts';
import { type Endpoint, type Fault, type FaultOptions, Faults } from './faults.ts';
import { Gateway } from './gateway.ts';
import type { InteractionHandle } from './handles.ts';
import type { CompletionChoice, OpenedForm } from './interactions.ts';
import { type Invocation, People, type Somebody, type Typing } from './invoke.ts';
import { plainBody } from './message-body.ts';
import type { SentMessage } from './messages.ts';
import { RateLimits } from './rate-limits.ts';
import { type LoggedRequest, restServer } from './rest.ts';
import {
  channelPayload,
  createServer,
  type Server,
  type ServerOptions,
  serverPayload,
} from './servers.ts';
import { World } from './world.ts';

export interface DiscordOptions {
  /** Milliseconds since 1970: what the three seconds, the fifteen minutes and the nonces go by. The real time, where nothing is said. */
  readonly clock?: () => number;
  /** How many shards the gateway asks for. 1, where nothing is said. */
  readonly shards?: number;
  /** 41,250, where nothing is said. */
  readonly heartbeatMilliseconds?: number;
}

/** A Discord on 127.0.0.1, empty but for the bot's application. */
export interface LoopbackDiscord {
  /** What `DISCORD_API_URL` and `DISCORD_TOKEN` take. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly gateway: Gateway;
  readonly world: World;
  /** Every request, in the order in which they were answered. */
  readonly requests: readonly LoggedRequest[];
  /** A server that has installed the bot, unless it is told otherwise. */
  addServer(options?: ServerOptions): Server;
  /** The server removes the bot. */
  removeServer(id: string): void;
  /** The server cannot be reached for now: an outage of Discord's, no removal. */
  loseServer(id: string): void;
  deleteChannel(id: string): void;
  /** Sets what the bot may not do in a channel. */
  deny(channelId: string, denied: readonly Permission[]): void;
  /** Somebody else writes into a channel. */
  write(channelId: string, content: string): SentMessage;
  interact(invocation: Invocation): InteractionHandle;
  press(message: SentMessage, buttonId: string, somebody?: Somebody): InteractionHandle;
  /** Somebody fills a form in that opened under a message. */
  submit(
    message: SentMessage,
    form: Pick<OpenedForm, 'id' | 'fields'>,
    somebody?: Somebody,
  ): InteractionHandle;
  /** Somebody chooses an entry of a message's menu, by its English name. */
  choose(message: SentMessage, command: string, somebody?: Somebody): InteractionHandle;
  complete(typing: Typing): Promise<readonly CompletionChoice[]>;
  /** Switches a fault on, until it has hit so many times or `faultless` is called. */
  fault(endpoint: Endpoint, fault: Fault, options?: FaultOptions): void;
  faultless(): void;
  /** How often an endpoint was asked, with that status where one is named. */
  count(endpoint: Endpoint, status?: number): number;
  /** Every ping that any message made. */
  pings(): readonly string[];
  /** Resolves when that many shards (all of them, where nothing is said) are connected with a session. */
  connected(shards?: number): Promise<void>;
  /** What `find` gives as soon as that is not undefined. */
  until<T>(find: () => T | undefined): Promise<T>;
  stop(): Promise<void>;
}

export async function startDiscord(options: DiscordOptions = {}): Promise<LoopbackDiscord> {
  const { clock = Date.now, shards = 1, heartbeatMilliseconds = 41_250 } = options;
  const world = new World(clock);
  const faults = new Faults();
  const requests: LoggedRequest[] = [];
  const http = createHttpServer();
  const gateway = new Gateway(world, http, { shards, heartbeatMilliseconds });
  http.on(
    'request',
    restServer({
      world,
      faults,
      limits: new RateLimits(),
      gateway: () => gateway.address(),
      log: (request) => {
        requests.push(request);
        world.changes.notify();
      },
    }),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  gateway.listenedAt(address.port);
  const people = new People(world, gateway);

  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    token: world.token,
    applicationId: world.applicationId,
    gateway,
    world,
    requests,
    addServer(serverOptions = {}) {
      const server = createServer(world.nextId, shards, serverOptions);
      world.servers.set(server.id, server);
      if (server.installed && gateway.connected > 0) {
        const payload = serverPayload(server, world.applicationId, world.ownerId);
        gateway.tell(server.id, 'GUILD_CREATE', payload);
      }
      return server;
    },
    removeServer(id) {
      world.servers.delete(id);
      if (gateway.connected > 0) gateway.tell(id, 'GUILD_DELETE', { id });
    },
    loseServer(id) {
      gateway.tell(id, 'GUILD_DELETE', { id, unavailable: true });
    },
    deleteChannel(id) {
      const { guildId, type } = world.channel(id);
      const channels = world.servers.get(guildId ?? '')?.channels ?? [];
      channels.splice(
        channels.findIndex((channel) => channel.id === id),
        1,
      );
      gateway.tell(guildId, 'CHANNEL_DELETE', { id, guild_id: guildId, type });
    },
    deny(channelId, denied) {
      const channel = world.channel(channelId);
      channel.denied = new Set(denied);
      const payload = channelPayload(channel, world.applicationId);
      gateway.tell(channel.guildId, 'CHANNEL_UPDATE', payload);
    },
    write: (channelId, content) =>
      world.messages.create({
        channelId,
        authorId: world.ownerId,
        body: { ...plainBody, content },
      }),
    interact: (invocation) => people.interact(invocation),
    press: (message, buttonId, somebody) => people.press(message, buttonId, somebody),
    submit: (message, form, somebody) => people.submit(message, form, somebody),
    choose: (message, command, somebody) => people.choose(message, command, somebody),
    complete: (typing) => people.complete(typing),
    fault: (endpoint, fault, faultOptions) => faults.at(endpoint, fault, faultOptions),
    faultless: () => faults.clear(),
    count: (endpoint, status) =>
      requests.filter(
        (one) => one.endpoint === endpoint && (status === undefined || one.status === status),
      ).length,
    pings: () => world.messages.all.flatMap(({ pings }) => pings),
    async connected(wanted = shards) {
      await world.changes.until(() => (gateway.connected === wanted ? true : undefined));
    },
    until: (find) => world.changes.until(find),
    async stop() {
      await gateway.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
