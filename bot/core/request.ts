import type { Language } from '../../data/language.ts';

/** What the bot needs to be allowed in a channel. */
export const permissions = [
  'view-channel',
  'send-messages',
  'send-messages-in-threads',
  'attach-files',
  'read-message-history',
] as const;
export type Permission = (typeof permissions)[number];

/** Who asks. In private messages nobody moderates anything. */
interface Asker {
  readonly userId: string;
  readonly mayManageServer: boolean;
  readonly mayManageMessages: boolean;
}

/** Where it is asked. */
export interface Place {
  /** The server, or null in private messages. */
  readonly guildId: string | null;
  readonly channelId: string;
  /** Whether that server has installed the bot; to another one, a person brings it along. */
  readonly isInstalled: boolean;
  /** The language that the server has chosen in Discord; null where it has chosen none. */
  readonly language: Language | null;
}

export type ChannelKind = 'text' | 'announcement' | 'thread' | 'forum';

/** A channel that the asker chose. */
export interface ChannelValue {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  /** What the bot lacks to post there; null where it cannot know. */
  readonly missing: readonly Permission[] | null;
}

/** A role that the asker chose. */
export interface RoleValue {
  readonly id: string;
  readonly name: string;
  /** Whether anybody may mention it. */
  readonly mentionable: boolean;
}

/** What an option can hold; which of these, its declaration says. */
export type OptionValue = string | number | ChannelValue | RoleValue;
/** Options by name, as they came: nothing is checked yet. */
export type RawOptions = Readonly<Record<string, OptionValue>>;

interface Asked {
  /** Unique to this request: the interaction's id in Discord. */
  readonly id: string;
  readonly locale: Language;
  readonly asker: Asker;
  readonly place: Place;
}

/** A slash command, `/daily set channel:#verses`. The options are as they came, or once read as declared. */
export interface CommandRequest<Values = RawOptions> extends Asked {
  readonly type: 'command';
  readonly command: string;
  readonly subcommand: string | null;
  readonly options: Values;
}

/** A press of a button under one of the bot's messages. Ids come from outside: anyone can forge one. */
export interface ButtonRequest extends Asked {
  readonly type: 'button';
  /** As the reply gave it: `again:4711`. */
  readonly buttonId: string;
  /** Who asked for the message that it is under, as far as Discord says. */
  readonly messageAsker: string | null;
}

/** A form that was filled in. */
export interface FormRequest extends Asked {
  readonly type: 'form';
  /** As the reply gave it; ids come from outside here too. */
  readonly formId: string;
  /** What its fields hold, by name; unchecked. */
  readonly fields: Readonly<Record<string, string>>;
}

/** An entry of a message's menu, chosen on a message of anybody's. */
export interface MessageRequest extends Asked {
  readonly type: 'message';
  /** The entry's English name. */
  readonly command: string;
  /** What the message says; unchecked. */
  readonly text: string;
}

/** Someone is typing an option that completes. */
export interface CompletionRequest extends Asked {
  readonly type: 'completion';
  readonly command: string;
  readonly subcommand: string | null;
  /** The option's name, and what it holds so far. */
  readonly focused: string;
  readonly text: string;
  /** The other options as far as they are filled in; unchecked. */
  readonly options: RawOptions;
}

/** What is answered with a reply. */
export type Request = CommandRequest | ButtonRequest | MessageRequest | FormRequest;
