import type { Message } from './reply.ts';

/**
 * The channel is gone, the bot may not write there, the server's AutoMod has blocked it, the thread is closed, the forum
 * wants a tag, or something else.
 */
export type RefusalKind =
  | 'channel-gone'
  | 'no-permission'
  | 'auto-mod'
  | 'thread-closed'
  | 'tag-needed'
  | 'other';

/** What is posted. */
export interface Post extends Message {
  /** What the thread is called that it begins in a forum; of a longer one 100 characters. */
  readonly title?: string;
  /** The one role whose mention in the text notifies it. */
  readonly mention?: string;
}

/** What became of a message that was to be posted. */
export type PostOutcome =
  | { readonly type: 'sent'; readonly messageId: string; readonly thread?: string }
  /** Discord does not take it as things are; `reason` is what it says. */
  | { readonly type: 'refused'; readonly why: RefusalKind; readonly reason: string }
  /** It may have been posted or not: Discord was not reached, or did not say. */
  | { readonly type: 'unsure'; readonly reason: string };

/** A message that the bot posted, read back from its channel. */
export interface OwnPost {
  readonly messageId: string;
  /** The thread that it began in a forum. */
  readonly thread?: string;
  /** As Discord shows it: `fitText` of what was posted. */
  readonly text: string;
}

/** What posts messages of the bot's own accord. */
export interface Poster {
  /**
   * Posts to a channel of a server, or as a new thread to a forum. The same nonce (25 characters at most) within
   * Discord's few minutes of memory gives the message that is there already, so it may be tried again, where there is
   * that memory.
   */
  post(channelId: string, post: Post, nonce: string): Promise<PostOutcome>;
  /** Whether Discord remembers nonces there: in channels and threads, but not in forums. */
  remembersNonces(channelId: string): boolean;
  /** Sends a post of an announcement channel to those that follow it; what went wrong, null where nothing did. */
  publish(channelId: string, messageId: string): Promise<string | null>;
  /**
   * The bot's messages in the channel since then (milliseconds since 1970) and some minutes before, for clocks
   * differ, oldest first; null where that cannot be told.
   */
  ownPosts(channelId: string, since: number): Promise<readonly OwnPost[] | null>;
  /** Tells a server something in its system channel, else in a private message to the user; false where neither takes it. */
  tell(guildId: string, userId: string, text: string): Promise<boolean>;
}
