import { PermissionFlagsBits } from 'discord.js';
import type { Permission } from '../../../bot/core/request.ts';

const bits: Readonly<Record<Permission, bigint>> = {
  'view-channel': PermissionFlagsBits.ViewChannel,
  'send-messages': PermissionFlagsBits.SendMessages,
  'send-messages-in-threads': PermissionFlagsBits.SendMessagesInThreads,
  'attach-files': PermissionFlagsBits.AttachFiles,
  'read-message-history': PermissionFlagsBits.ReadMessageHistory,
};
export const channelTypes = {
  text: 0,
  private: 1,
  voice: 2,
  announcement: 5,
  thread: 11,
  forum: 15,
} as const;

/** Permissions as Discord writes them: a decimal number of bits. */
export function bitfield(permissions: Iterable<Permission>): string {
  let all = 0n;
  for (const permission of permissions) all |= bits[permission];
  return String(all);
}

interface ChannelOptions {
  readonly name: string;
  readonly type?: 'text' | 'announcement' | 'voice' | 'forum';
  /** What the bot may not do there. */
  readonly denied?: readonly Permission[];
}

export interface ServerOptions {
  readonly name?: string;
  /** False for one that has not installed the bot: whoever installed it for themselves uses it there. */
  readonly installed?: boolean;
  /** The language of a community; other servers have none of their own. */
  readonly language?: string;
  /** One text channel `general`, where nothing is said. */
  readonly channels?: readonly ChannelOptions[];
  /** The name of the channel that Discord itself writes to; null for none. The first one, where nothing is said. */
  readonly systemChannel?: string | null;
  /** The shard that it falls to; any one, where nothing is said. */
  readonly shard?: number;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly guildId: string | null;
  /** Of a thread: the channel that it is in, and from which follows what may be done there; who began it; whether it is closed. */
  readonly thread?: { readonly parent: string; readonly owner: string; closed: boolean };
  /** What the bot may not do there; a test changes it with `forbid` and `allow`. */
  denied: ReadonlySet<Permission>;
}

export interface Server {
  readonly id: string;
  readonly name: string;
  readonly installed: boolean;
  readonly language: string | null;
  readonly channels: Channel[];
  readonly systemChannelId: string | null;
}

/** The shard, of so many, that Discord has told of a server. */
export function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}

export function createServer(nextId: () => string, shards: number, options: ServerOptions): Server {
  let id = nextId();
  // Servers of one millisecond share a shard: those of the next ones fall to the next ones.
  while (options.shard !== undefined && shardOf(id, shards) !== options.shard) {
    id = String(BigInt(id) + (1n << 22n));
  }
  const channels = (options.channels ?? [{ name: 'general' }]).map(
    ({ name, type = 'text', denied = [] }): Channel => ({
      id: nextId(),
      name,
      type: channelTypes[type],
      guildId: id,
      denied: new Set(denied),
    }),
  );
  const { systemChannel } = options;
  const system =
    systemChannel === undefined ? channels[0] : channels.find(({ name }) => name === systemChannel);
  return {
    id,
    name: options.name ?? 'A server',
    installed: options.installed ?? true,
    language: options.language ?? null,
    channels,
    systemChannelId: system?.id ?? null,
  };
}

/** A channel as the gateway and REST show it. */
export function channelPayload(channel: Channel, botId: string): object {
  return {
    id: channel.id,
    type: channel.type,
    name: channel.name,
    guild_id: channel.guildId,
    position: 0,
    nsfw: false,
    parent_id: channel.thread?.parent ?? null,
    ...(channel.thread ? { owner_id: channel.thread.owner } : {}),
    topic: null,
    rate_limit_per_user: 0,
    last_message_id: null,
    permission_overwrites:
      channel.denied.size === 0
        ? []
        : [{ id: botId, type: 1, allow: '0', deny: bitfield(channel.denied) }],
  };
}

/** What GUILD_CREATE tells of a server. */
export function serverPayload(server: Server, botId: string, ownerId: string): object {
  const joined = new Date(0).toISOString();
  return {
    id: server.id,
    name: server.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: ownerId,
    features: [],
    emojis: [],
    stickers: [],
    roles: [
      {
        id: server.id,
        name: '@everyone',
        color: 0,
        colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
        hoist: false,
        position: 0,
        permissions: bitfield(Object.keys(bits) as Permission[]),
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    members: [
      {
        user: { id: botId, username: 'escriba', discriminator: '0', avatar: null, bot: true },
        roles: [],
        joined_at: joined,
        deaf: false,
        mute: false,
        flags: 0,
      },
    ],
    channels: server.channels.map((channel) => channelPayload(channel, botId)),
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    system_channel_id: server.systemChannelId,
    system_channel_flags: 0,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    application_id: null,
    joined_at: joined,
    large: false,
    unavailable: false,
    member_count: 2,
  };
}
