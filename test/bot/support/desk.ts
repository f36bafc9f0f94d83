import { onTestFinished } from 'vitest';
import { type Assembly, assemble } from '../../../bot/assemble.ts';
import { commands } from '../../../bot/commands/all.ts';
import { parseCommand } from '../../../bot/console/parse.ts';
import { type Clock, realClock } from '../../../bot/core/clock.ts';
import type { Allowances } from '../../../bot/core/cooldowns.ts';
import type { Received } from '../../../bot/core/dispatch.ts';
import type { Post, Poster, PostOutcome } from '../../../bot/core/posting.ts';
import type { MessageReply, Reply } from '../../../bot/core/reply.ts';
import type { RawOptions, Request } from '../../../bot/core/request.ts';
import { Random } from '../../../src/text/random.ts';

const unlimited: Allowances = {
  person: { count: 1e6, within: 1000 },
  server: { count: 1e6, within: 1000 },
};

export interface DeskOptions {
  readonly allowances?: Allowances;
  /** What becomes of what is posted; it is sent, where nothing is said. */
  readonly outcome?: PostOutcome;
  /** The only servers where it answers. */
  readonly allowedServers?: ReadonlySet<string>;
  /** Discord's ids of the commands. */
  readonly commandIds?: ReadonlyMap<string, string>;
}

/** Who asks, and where: someone in the channel C of the server G, in English, unless told otherwise. */
export interface Asking {
  readonly id?: string;
  readonly user?: string;
  readonly guild?: string | null;
  readonly channel?: string;
  readonly locale?: 'en' | 'pt-BR';
  readonly moderates?: boolean;
  readonly manages?: boolean;
  /** The one that the server has in Discord. */
  readonly serverLanguage?: 'en' | 'pt-BR';
  /** Who asked for the message that a button is under, as Discord tells it. */
  readonly messageAsker?: string;
  /** Options in the place of what is typed. */
  readonly options?: RawOptions;
}

/** The bot as whoever asks meets it: requests go in, replies come out. */
export interface Desk {
  readonly assembly: Assembly;
  readonly posted: {
    readonly channel: string;
    readonly message: Post;
    readonly nonce: string;
  }[];
  readonly logged: string[];
  /** The texts that were shown before they were done. */
  readonly drafts: string[];
  /** How far its clock is ahead of the real one, in milliseconds. */
  readonly time: { ahead: number };
  ask(line: string, asking?: Asking): Promise<Reply>;
  /** What is known of a request before any work. */
  receive(line: string): Received;
  press(buttonId: string, asking?: Asking): Promise<Reply>;
  /** Fills a form in. */
  fill(formId: string, fields: Readonly<Record<string, string>>, asking?: Asking): Promise<Reply>;
  /** Chooses an entry of the menu of a message that says so. */
  choose(command: string, text: string, asking?: Asking): Promise<Reply>;
}

export async function desk(
  databasePath: string,
  {
    allowances = unlimited,
    outcome = { type: 'sent', messageId: '1' },
    commandIds = new Map(),
    allowedServers,
  }: DeskOptions = {},
): Promise<Desk> {
  const posted: Desk['posted'] = [];
  const logged: string[] = [];
  const drafts: string[] = [];
  const note = (fields: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const poster: Poster = {
    async post(channel, message, nonce) {
      posted.push({ channel, message, nonce });
      return outcome;
    },
    ownPosts: async () => [],
    remembersNonces: () => true,
    publish: async () => null,
    tell: async () => true,
  };
  const time = { ahead: 0 };
  const clock: Clock = {
    now: () => Date.now() + time.ahead,
    sleep: realClock.sleep,
  };
  const random = Random.seeded(7, 'desk');
  let asked = 0;
  const assembly = await assemble({
    ...{ databasePath, allowances, clock, threads: 1 },
    poster: () => poster,
    scheduleChanged: () => {},
    commandIds: () => commandIds,
    allowedServers,
    random: () => random.next(),
    log: { info: note, warn: note, error: note },
  });
  onTestFinished(() => assembly.close());

  const common = (asking: Asking) => ({
    id: asking.id ?? `${Math.floor(random.next() * 1e9)}${asked++}`,
    locale: asking.locale ?? 'en',
    asker: {
      userId: asking.user ?? 'someone',
      mayManageServer: asking.manages ?? false,
      mayManageMessages: asking.moderates ?? false,
    },
    place: {
      guildId: asking.guild === undefined ? 'G' : asking.guild,
      channelId: asking.channel ?? 'C',
      isInstalled: true,
      language: asking.serverLanguage ?? null,
    },
  });
  const answer = async (request: Request): Promise<Reply> => {
    const received = assembly.dispatcher.receive(request);
    return received.type === 'reply'
      ? received.reply
      : received.work((make) => drafts.push(make()?.text ?? ''));
  };
  return {
    ...{ assembly, posted, logged, drafts, time },
    ask(line, asking = {}) {
      const typed = parseCommand(line, commands);
      if (!typed) throw new Error(`no such command: ${line}`);
      const options = asking.options ?? typed.options;
      return answer({ ...common(asking), ...typed, options, type: 'command' });
    },
    receive(line) {
      const typed = parseCommand(line, commands);
      if (!typed) throw new Error(`no such command: ${line}`);
      return assembly.dispatcher.receive({ ...common({}), ...typed, type: 'command' });
    },
    fill: (formId, fields, asking = {}) =>
      answer({ ...common(asking), type: 'form', formId, fields }),
    choose: (command, text, asking = {}) =>
      answer({ ...common(asking), type: 'message', command, text }),
    press: (buttonId, asking = {}) =>
      answer({
        ...common(asking),
        type: 'button',
        buttonId,
        messageAsker: asking.messageAsker ?? null,
      }),
  };
}

/** The reply as a message that everybody sees. */
export function publicly(reply: Reply): MessageReply {
  if (reply.type === 'message' && !reply.private) return reply;
  throw new Error(`not a public message: ${JSON.stringify(reply)}`);
}

/** The text of a reply that the asker alone sees. */
export function privately(reply: Reply): string {
  if (reply.type === 'message' && reply.private) return reply.text;
  throw new Error(`not a private message: ${JSON.stringify(reply)}`);
}
