import { makeURLSearchParams, type REST, Routes, type Snowflake, SnowflakeUtil } from 'discord.js';
import { z } from 'zod';
import type { OwnPost } from '../core/posting.ts';

/** How many messages are looked through for the bot's own, in pages of a hundred. */
const pages = 10;
const page = 100;
/** How much this machine's clock and Discord's may differ: a post of the bot's must not lie before its search. */
const clockMargin = 5 * 60_000;

const message = z.object({
  id: z.string(),
  content: z.string(),
  author: z.object({ id: z.string() }),
});
const threadsSchema = z.object({
  threads: z.array(z.object({ id: z.string(), parent_id: z.string(), owner_id: z.string() })),
});

/** The bot's messages in a channel since then and a little before, oldest first; null where there were too many messages to look through. */
export async function searchChannel(
  rest: REST,
  channelId: string,
  since: number,
  me: Snowflake,
): Promise<readonly OwnPost[] | null> {
  const own: OwnPost[] = [];
  let after = idAt(since);
  for (let read = 0; read < pages; read++) {
    const query = makeURLSearchParams({ after, limit: page });
    const messages = z
      .array(message)
      .parse(await rest.get(Routes.channelMessages(channelId), { query }));
    messages.sort((one, other) => order(one.id, other.id));
    for (const { id, content, author } of messages) {
      if (author.id === me) own.push({ messageId: id, text: content });
    }
    const last = messages.at(-1);
    if (messages.length < page || !last) return own;
    after = last.id;
  }
  return null;
}

/** The threads that the bot began in a forum since then and a little before, oldest first, each as the message that it began with. */
export async function searchForum(
  rest: REST,
  guildId: string,
  channelId: string,
  since: number,
  me: Snowflake,
): Promise<readonly OwnPost[]> {
  const { threads } = threadsSchema.parse(await rest.get(Routes.guildActiveThreads(guildId)));
  const own = threads
    .filter(({ id, parent_id, owner_id }) => {
      return parent_id === channelId && owner_id === me && order(id, idAt(since)) > 0;
    })
    .sort((one, other) => order(one.id, other.id));
  const posts: OwnPost[] = [];
  for (const { id } of own) {
    // The message that a thread of a forum begins with has the thread's own id.
    const { content } = message.parse(await rest.get(Routes.channelMessage(id, id)));
    posts.push({ messageId: id, thread: id, text: content });
  }
  return posts;
}

function idAt(since: number): string {
  return SnowflakeUtil.generate({ timestamp: since - clockMargin }).toString();
}

function order(one: string, other: string): number {
  return BigInt(one) < BigInt(other) ? -1 : 1;
}
