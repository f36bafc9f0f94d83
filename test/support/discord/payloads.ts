import { PermissionFlagsBits } from 'discord.js';
import { permissions } from '../../../bot/core/request.ts';
import { messageFlags } from './message-body.ts';
import type { SentMessage } from './messages.ts';
import { bitfield, type Channel, channelPayload } from './servers.ts';

export type MemberPermission = 'manage-server' | 'manage-messages';

export function userPayload(id: string, bot = false): object {
  return {
    id,
    username: `user-${id}`,
    global_name: null,
    discriminator: '0',
    avatar: null,
    ...(bot ? { bot } : {}),
  };
}

/** A message as Discord shows it. */
export function messagePayload(message: SentMessage): object {
  const flags =
    (message.private ? messageFlags.ephemeral : 0) |
    (message.loading ? messageFlags.loading : 0) |
    (message.embedsSuppressed ? messageFlags.suppressEmbeds : 0);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: 0,
    author: userPayload(message.authorId, true),
    content: message.content,
    timestamp: new Date(message.sentAt).toISOString(),
    edited_timestamp: null,
    tts: false,
    pinned: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    embeds: [],
    attachments: message.attachments.map(({ id, filename, description, bytes }) => ({
      id,
      filename,
      description,
      size: bytes.length,
      url: `https://cdn.example/${id}/${filename}`,
      proxy_url: `https://cdn.example/${id}/${filename}`,
    })),
    flags,
    components:
      message.buttons.length === 0
        ? []
        : [
            {
              type: 1,
              id: 1,
              components: message.buttons.map(({ id, label, style }, index) => ({
                type: 2,
                id: index + 2,
                custom_id: id,
                label,
                style,
              })),
            },
          ],
  };
}

export interface InteractionAsked {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botId: string;
  readonly type: number;
  readonly userId: string;
  readonly channel: Channel;
  /** Whether the channel's server has installed the application. */
  readonly installed: boolean;
  readonly locale: string;
  /** Of the server, where it is a community. */
  readonly serverLanguage: string | null;
  readonly permissions: readonly MemberPermission[];
  readonly data: object;
  readonly message?: SentMessage;
}

/** What INTERACTION_CREATE tells. */
export function interactionPayload(asked: InteractionAsked): object {
  const { channel, userId } = asked;
  const user = userPayload(userId);
  const { guildId } = channel;
  return {
    id: asked.id,
    application_id: asked.applicationId,
    type: asked.type,
    token: asked.token,
    version: 1,
    data: asked.data,
    channel_id: channel.id,
    channel: channelPayload(channel, asked.botId),
    locale: asked.locale,
    app_permissions: bitfield(permissions.filter((one) => !channel.denied.has(one))),
    entitlements: [],
    attachment_size_limit: 10_485_760,
    ...(asked.message ? { message: messagePayload(asked.message) } : {}),
    ...(guildId === null
      ? { user, context: 1, authorizing_integration_owners: { '1': userId } }
      : {
          guild_id: guildId,
          guild_locale: asked.serverLanguage ?? 'en-US',
          guild: {
            id: guildId,
            locale: asked.serverLanguage ?? 'en-US',
            features: asked.serverLanguage === null ? [] : ['COMMUNITY'],
          },
          context: 0,
          authorizing_integration_owners: asked.installed ? { '0': guildId } : { '1': userId },
          member: {
            user,
            roles: [],
            avatar: null,
            banner: null,
            nick: null,
            joined_at: new Date(0).toISOString(),
            premium_since: null,
            pending: false,
            communication_disabled_until: null,
            deaf: false,
            mute: false,
            flags: 0,
            permissions: memberBits(asked.permissions),
          },
        }),
  };
}

function memberBits(granted: readonly MemberPermission[]): string {
  let bits = BigInt(bitfield(permissions));
  if (granted.includes('manage-server')) bits |= PermissionFlagsBits.ManageGuild;
  if (granted.includes('manage-messages')) bits |= PermissionFlagsBits.ManageMessages;
  return String(bits);
}
