import {
  type Client,
  makeURLSearchParams,
  type REST,
  Routes,
  type Snowflake,
  SnowflakeUtil,
} from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { OwnPost, Poster, PostOutcome } from '../core/posting.ts';
import type { Message } from '../core/reply.ts';
import { isRefusal, refusalKind } from './failures.ts';
import type { MissingIn } from './interaction.ts';
import { messageBody } from './message-body.ts';
import { retryUntil } from './retry-until.ts';

/** How long a post is tried for: within the few minutes that Discord remembers its nonce. */
const postWithin = 2 * 60_000;
/** How many messages are looked through for the bot's own, in pages of a hundred. */
const pages = 10;
const page = 100;
/** How much this machine's clock and Discord's may differ: a post of the bot's must not lie before its search. */
const clockMargin = 5 * 60_000;

const sent = z.object({ id: z.string() });
const history = z.array(
  z.object({ id: z.string(), content: z.string(), author: z.object({ id: z.string() }) }),
);

export interface PosterParts {
  readonly client: Client;
  /** The bot's own id. */
  readonly me: Snowflake;
  readonly missingIn: MissingIn;
  readonly clock: Clock;
}

export function createPoster({ client, me, missingIn, clock }: PosterParts): Poster {
  const { rest } = client;

  async function post(channelId: string, message: Message, nonce: string): Promise<PostOutcome> {
    const { body, files } = messageBody(message);
    const route = Routes.channelMessages(channelId);
    try {
      const answer = await retryUntil(
        () => rest.post(route, { body: { ...body, nonce, enforce_nonce: true }, files }),
        clock.now() + postWithin,
        clock,
      );
      return { type: 'sent', messageId: sent.parse(answer).id };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return isRefusal(error)
        ? { type: 'refused', why: refusalKind(error), reason }
        : { type: 'unsure', reason };
    }
  }

  async function ownPosts(channelId: string, since: number): Promise<readonly OwnPost[] | null> {
    const guildId = guildOf(client, channelId);
    const missing = guildId === null ? null : missingIn(guildId, channelId);
    // Without this permission Discord shows an empty channel instead of refusing.
    if (missing === null || missing.includes('read-message-history')) return null;
    try {
      return await searchHistory(rest, channelId, since, me);
    } catch {
      return null;
    }
  }

  async function tell(guildId: string, userId: string, text: string): Promise<boolean> {
    const nonce = SnowflakeUtil.generate({ timestamp: clock.now() }).toString();
    const channelId = client.guilds.cache.get(guildId)?.systemChannelId;
    if (channelId && (await post(channelId, { text }, nonce)).type === 'sent') return true;
    try {
      const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return (await post(sent.parse(opened).id, { text }, nonce)).type === 'sent';
    } catch {
      return false;
    }
  }

  return { post, ownPosts, tell };
}

function guildOf(client: Client, channelId: string): string | null {
  const channel = client.channels.cache.get(channelId);
  return channel && 'guildId' in channel ? channel.guildId : null;
}

/** The bot's messages since then and a little before, oldest first; null where there were too many messages to look through. */
async function searchHistory(
  rest: REST,
  channelId: string,
  since: number,
  me: Snowflake,
): Promise<readonly OwnPost[] | null> {
  const own: OwnPost[] = [];
  let after = SnowflakeUtil.generate({ timestamp: since - clockMargin }).toString();
  for (let read = 0; read < pages; read++) {
    const query = makeURLSearchParams({ after, limit: page });
    const messages = history.parse(await rest.get(Routes.channelMessages(channelId), { query }));
    messages.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
    for (const { id, content, author } of messages) {
      if (author.id === me) own.push({ messageId: id, text: content });
    }
    const last = messages.at(-1);
    if (messages.length < page || !last) return own;
    after = last.id;
  }
  return null;
}
