import {
  CreateForumThreadRequestSchema,
  CreatePrivateChannelRequestSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import type { RequestBody } from './body.ts';
import { check, read } from './check.ts';
import { type Endpoint, endpoints } from './faults.ts';
import { readMessage } from './message-body.ts';
import { messagePayload, userPayload } from './payloads.ts';
import {
  alreadyPublished,
  missingAccess,
  notInThatChannel,
  unauthorized,
  unknownMessage,
  unknownRoute,
} from './refusal.ts';
import { channelPayload, channelTypes } from './servers.ts';
import type { World } from './world.ts';

/** A request that found its endpoint. */
export interface Routed {
  readonly endpoint: Endpoint;
  /** What the path holds where the endpoint has `:names`. */
  readonly parts: Readonly<Record<string, string>>;
}

interface Asked {
  readonly parts: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: RequestBody;
}

/** Answered with 200 and this, or with 204 where it is null. */
type Handler = (world: World, asked: Asked) => object | null;

export interface GatewayAddress {
  readonly url: string;
  readonly shards: number;
}

/** The endpoints that go by an interaction's token instead of the bot's. */
const byInteraction: readonly Endpoint[] = [
  'callback',
  'followUp',
  'getReply',
  'editReply',
  'deleteReply',
];

export function needsToken(endpoint: Endpoint): boolean {
  return !byInteraction.includes(endpoint);
}

const patterns = Object.entries(endpoints).map(([endpoint, pattern]) => {
  const [method = '', path = ''] = pattern.split(' ');
  return {
    endpoint: endpoint as Endpoint,
    method,
    path: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  };
});

export function route(method: string, path: string): Routed {
  for (const pattern of patterns) {
    const match = pattern.method === method ? pattern.path.exec(path) : null;
    if (match) return { endpoint: pattern.endpoint, parts: { ...match.groups } };
  }
  throw unknownRoute();
}

/** The value of one of the path's parts. */
function part(asked: Asked, name: string): string {
  const value = asked.parts[name];
  if (value === undefined) throw unknownRoute();
  return value;
}

/** The server that the path names, once the path's application is the bot's own. */
function scope(world: World, asked: Asked): string | null {
  if (part(asked, 'application') !== world.applicationId) throw unauthorized();
  const guild = asked.parts.guild ?? null;
  if (guild !== null && !world.servers.get(guild)?.installed) throw missingAccess();
  return guild;
}

const showCommands: Handler = (world, asked) =>
  world.commands.show(scope(world, asked), asked.query.get('with_localizations') === 'true');
const overwriteCommands: Handler = (world, asked) => {
  const where = scope(world, asked);
  world.commands.overwrite(where, asked.body.json);
  world.changes.notify();
  return world.commands.show(where, true);
};

export function handlers(gateway: () => GatewayAddress): Readonly<Record<Endpoint, Handler>> {
  return {
    gateway: (world) => ({
      ...gateway(),
      session_start_limit: {
        total: 1000,
        remaining: world.sessionsLeft,
        reset_after: 3_600_000,
        max_concurrency: 16,
      },
    }),
    application: (world) => ({
      id: world.applicationId,
      name: 'Escriba',
      icon: null,
      description: '',
      bot_public: true,
      interactions_endpoint_url: world.interactionsEndpointUrl,
      bot: userPayload(world.applicationId, true),
      owner: userPayload(world.ownerId),
      team: null,
      flags: 0,
      integration_types_config: { '0': {}, '1': {} },
      verify_key: '',
    }),
    commands: showCommands,
    serverCommands: showCommands,
    overwriteCommands,
    overwriteServerCommands: overwriteCommands,
    callback: (world, asked) => {
      world.interactions.respond(part(asked, 'interaction'), part(asked, 'token'), asked.body);
      return null;
    },
    followUp: (world, asked) =>
      messagePayload(
        world.interactions.followUp(part(asked, 'application'), part(asked, 'token'), asked.body),
      ),
    getReply: (world, asked) => messagePayload(world.interactions.reply(...replyPath(asked))),
    editReply: (world, asked) =>
      messagePayload(world.interactions.edit(...replyPath(asked), asked.body)),
    deleteReply: (world, asked) => {
      world.interactions.delete(...replyPath(asked));
      return null;
    },
    post: (world, asked) => {
      const body = readMessage(asked.body, 'channel');
      const withFiles = (body.attachments ?? []).length > 0;
      const channel = world.writableChannel(part(asked, 'channel'), withFiles);
      if (channel.type === channelTypes.forum) throw notInThatChannel();
      const message = world.messages.create({
        channelId: channel.id,
        authorId: world.applicationId,
        body,
      });
      return { ...messagePayload(message), ...(body.nonce ? { nonce: body.nonce } : {}) };
    },
    history: (world, asked) => {
      const channel = world.visibleChannel(part(asked, 'channel'));
      if (world.deniedIn(channel).has('read-message-history')) return [];
      const limit = Number(asked.query.get('limit') ?? 50);
      const after = BigInt(asked.query.get('after') ?? 0);
      // The oldest ones after that id, shown newest first; without an id the newest ones.
      const later = world.messages.in(channel.id).filter(({ id }) => BigInt(id) > after);
      const page = asked.query.has('after') ? later.slice(0, limit) : later.slice(-limit);
      return page.reverse().map(messagePayload);
    },
    message: (world, asked) => {
      const channel = world.visibleChannel(part(asked, 'channel'));
      const message = world.messages.get(part(asked, 'message'));
      if (message.channelId !== channel.id) throw unknownMessage();
      return messagePayload(message);
    },
    publish: (world, asked) => {
      const { type } = world.writableChannel(part(asked, 'channel'), false);
      if (type !== channelTypes.announcement) throw notInThatChannel();
      const message = world.messages.get(part(asked, 'message'));
      if (message.published) throw alreadyPublished();
      message.published = true;
      return messagePayload(message);
    },
    beginThread: (world, asked) => {
      check(CreateForumThreadRequestSchema, asked.body.json);
      const { name, message } = read(
        z.object({ name: z.string(), message: z.unknown() }),
        asked.body.json,
      );
      const body = readMessage({ json: message, files: asked.body.files }, 'thread');
      const withFiles = (body.attachments ?? []).length > 0;
      const forum = world.writableChannel(part(asked, 'channel'), withFiles);
      if (forum.type !== channelTypes.forum) throw notInThatChannel();
      const thread = world.addThread(forum, name, world.applicationId);
      const first = world.messages.create({
        ...{ id: thread.id, channelId: thread.id, authorId: world.applicationId, body },
      });
      return { ...channelPayload(thread, world.applicationId), message: messagePayload(first) };
    },
    threads: (world, asked) => ({
      threads: world.threads
        .filter(({ guildId }) => guildId === part(asked, 'guild'))
        .map((thread) => channelPayload(thread, world.applicationId)),
      members: [],
    }),
    channel: (world, asked) =>
      channelPayload(world.visibleChannel(part(asked, 'channel')), world.applicationId),
    privateChannel: (world, asked) => {
      check(CreatePrivateChannelRequestSchema, asked.body.json);
      const { recipient_id } = read(z.object({ recipient_id: z.string() }), asked.body.json);
      return channelPayload(world.privateChannel(recipient_id), world.applicationId);
    },
  };
}

function replyPath(asked: Asked): [applicationId: string, token: string, messageId: string] {
  return [part(asked, 'application'), part(asked, 'token'), part(asked, 'message')];
}
