import type { Message } from './reply.ts';

/** The channel is gone, the bot may not write there, the server's AutoMod has blocked it, or something else. */
export type RefusalKind = 'channel-gone' | 'no-permission' | 'auto-mod' | 'other';

/** What became of a message that was to be posted. */
export type PostOutcome =
  | { readonly type: 'sent'; readonly messageId: string }
  /** Discord does not take it as things are; `reason` is what it says. */
  | { readonly type: 'refused'; readonly why: RefusalKind; readonly reason: string }
  /** It may have been posted or not: Discord was not reached, or did not say. */
  | { readonly type: 'unsure'; readonly reason: string };

/** A message that the bot posted, read back from its channel. */
export interface OwnPost {
  readonly messageId: string;
  /** As Discord shows it: `fitText` of what was posted. */
  readonly text: string;
}

/** What posts messages of the bot's own accord. */
export interface Poster {
  /**
   * Posts to a channel of a server. The same nonce (25 characters at most) within Discord's few minutes of
   * memory gives the message that is there already, so it may be tried again.
   */
  post(channelId: string, message: Message, nonce: string): Promise<PostOutcome>;
  /**
   * The bot's messages in the channel since then (milliseconds since 1970) and some minutes before, for clocks
   * differ, oldest first; null where that cannot be told.
   */
  ownPosts(channelId: string, since: number): Promise<readonly OwnPost[] | null>;
  /** Tells a server something in its system channel, else in a private message to the user; false where neither takes it. */
  tell(guildId: string, userId: string, text: string): Promise<boolean>;
}
