import { Client, GatewayIntentBits, Options } from 'discord.js';
import { permissions } from '../core/request.ts';
import { restOptions } from './application.ts';
import type { MissingIn } from './interaction.ts';
import { grantedIn } from './permissions.ts';

/** A client that keeps what permissions follow from (servers, channels, roles, itself) and nothing else. */
export function createClient(apiUrl: string | undefined): Client {
  const itself = {
    maxSize: 0,
    keepOverLimit: ({ id }: { id: string }) => id === client.user?.id,
  };
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    rest: restOptions(apiUrl),
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ApplicationCommandManager: 0,
      ApplicationEmojiManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      DMMessageManager: 0,
      EntitlementManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildForumThreadManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: itself,
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      GuildTextThreadManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      UserManager: itself,
      VoiceStateManager: 0,
    }),
  });
  return client;
}

/** What the bot lacks in a channel, as far as the client knows server, channel and its own roles. */
export function missingInCache(client: Client): MissingIn {
  return (guildId, channelId) => {
    const guild = client.guilds.cache.get(guildId);
    const channel = guild?.channels.cache.get(channelId);
    const me = guild?.members.me;
    if (!channel || !me) return null;
    const granted = grantedIn(channel.permissionsFor(me));
    return permissions.filter((permission) => !granted.has(permission));
  };
}
