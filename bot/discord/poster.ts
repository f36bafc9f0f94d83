import {
  ChannelType,
  type Client,
  type REST,
  Routes,
  type Snowflake,
  SnowflakeUtil,
} from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { fitText } from '../core/fit-text.ts';
import type { OwnPost, Post, Poster, PostOutcome } from '../core/posting.ts';
import { isPublishedAlready, isRefusal, refusalKind } from './failures.ts';
import { searchChannel, searchForum } from './history.ts';
import type { MissingIn } from './interaction.ts';
import { messageBody } from './message-body.ts';
import { retryUntil } from './retry-until.ts';

/** How long a post is tried for: within the few minutes that Discord remembers its nonce. */
const postWithin = 2 * 60_000;
const publishWithin = 60_000;
const longestTitle = 100;

const sent = z.object({ id: z.string() });
const channelSchema = z.object({ guild_id: z.string(), parent_id: z.string().nullish() });

export interface PosterParts {
  readonly client: Client;
  /** Tries nothing a second time by itself: of two tries in a forum both may be taken. */
  readonly once: REST;
  /** The bot's own id. */
  readonly me: Snowflake;
  readonly missingIn: MissingIn;
  readonly clock: Clock;
}

export function createPoster({ client, once, me, missingIn, clock }: PosterParts): Poster {
  const { rest } = client;

  async function post(channelId: string, message: Post, nonce: string): Promise<PostOutcome> {
    try {
      return isForum(client, channelId)
        ? await beginThread(channelId, message)
        : await write(channelId, message, nonce);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return isRefusal(error)
        ? { type: 'refused', why: refusalKind(error), reason }
        : { type: 'unsure', reason };
    }
  }

  async function write(channelId: string, message: Post, nonce: string): Promise<PostOutcome> {
    const { body, files } = messageBody(message, 0, message.mention);
    const route = Routes.channelMessages(channelId);
    const answer = await retryUntil(
      () => rest.post(route, { body: { ...body, nonce, enforce_nonce: true }, files }),
      clock.now() + postWithin,
      clock,
    );
    return { type: 'sent', messageId: sent.parse(answer).id };
  }

  async function beginThread(channelId: string, post: Post): Promise<PostOutcome> {
    const { body, files } = messageBody(post, 0, post.mention);
    const [firstLine = ''] = post.text.split('\n');
    const name = fitText(post.title ?? firstLine, longestTitle);
    const { id } = sent.parse(
      await once.post(Routes.threads(channelId), { body: { name, message: body }, files }),
    );
    return { type: 'sent', messageId: id, thread: id };
  }

  async function ownPosts(channelId: string, since: number): Promise<readonly OwnPost[] | null> {
    try {
      const where = await whereIs(channelId);
      const missing = missingIn(where.guild, where.channel);
      // Without this permission Discord shows an empty channel instead of refusing.
      if (missing === null || missing.includes('read-message-history')) return null;
      return isForum(client, channelId)
        ? await searchForum(rest, where.guild, channelId, since, me)
        : await searchChannel(rest, channelId, since, me);
    } catch {
      return null;
    }
  }

  /** The server and the channel from which follows what the bot may do there: of a thread, the one that it is in. */
  async function whereIs(channelId: string): Promise<{ guild: string; channel: string }> {
    const known = client.channels.cache.get(channelId);
    if (known && 'guildId' in known && known.guildId !== null) {
      return { guild: known.guildId, channel: channelId };
    }
    const { guild_id: guild, parent_id } = channelSchema.parse(
      await rest.get(Routes.channel(channelId)),
    );
    return { guild, channel: parent_id ?? channelId };
  }

  async function publish(channelId: string, messageId: string): Promise<string | null> {
    try {
      const route = Routes.channelMessageCrosspost(channelId, messageId);
      await retryUntil(() => rest.post(route), clock.now() + publishWithin, clock);
      return null;
    } catch (error) {
      if (isPublishedAlready(error)) return null;
      return error instanceof Error ? error.message : String(error);
    }
  }

  async function tell(guildId: string, userId: string, text: string): Promise<boolean> {
    const nonce = SnowflakeUtil.generate({ timestamp: clock.now() }).toString();
    const channelId = client.guilds.cache.get(guildId)?.systemChannelId;
    if (channelId && (await post(channelId, { text }, nonce)).type === 'sent') return true;
    if (userId === '') return false;
    try {
      const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return (await post(sent.parse(opened).id, { text }, nonce)).type === 'sent';
    } catch {
      return false;
    }
  }

  return { post, ownPosts, publish, tell, remembersNonces: (id) => !isForum(client, id) };
}

function isForum(client: Client, channelId: string): boolean {
  return client.channels.cache.get(channelId)?.type === ChannelType.GuildForum;
}
