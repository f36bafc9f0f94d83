import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { Language } from '../../data/language.ts';
import type { Command } from '../core/command.ts';
import type { Dispatcher } from '../core/dispatch.ts';
import type { Poster } from '../core/posting.ts';
import type { FormReply, Message, Reply } from '../core/reply.ts';
import type { Request } from '../core/request.ts';
import type { Services } from '../library/services.ts';
import type { Words } from '../words/en.ts';
import { wordsFor } from '../words/words.ts';
import { completeLine } from './complete.ts';
import { parseCommand } from './parse.ts';
import { type RenderOptions, renderMessage } from './render.ts';

/** The server, channel and person that the console stands for. */
export const consoleGuild = 'console';
const here = {
  asker: { userId: 'console', mayManageServer: true, mayManageMessages: true },
  place: {
    guildId: consoleGuild,
    channelId: consoleGuild,
    isInstalled: true,
    language: null,
  },
};

export interface ConsoleView {
  readonly locale: Language;
  readonly style: RenderOptions['style'];
  readonly print: (text: string) => void;
  readonly now: () => number;
}

export interface ConsoleOptions extends ConsoleView {
  readonly dispatcher: Dispatcher;
  readonly commands: readonly Command<Services>[];
  readonly input: NodeJS.ReadableStream;
  /** Where the input is echoed and completed, if it is a terminal. */
  readonly terminal: NodeJS.WritableStream | undefined;
  readonly signal: AbortSignal;
}

/**
 * The bot in a terminal: reads commands, and shows the replies as Discord would. Ends with the input. Through a pipe, a
 * line that ends in a tab asks what it can become: the answer is a line of them, a tab before each.
 */
export async function runConsole(options: ConsoleOptions): Promise<void> {
  const { dispatcher, commands, locale, input, terminal, print, signal } = options;
  const { console: words } = wordsFor(locale);
  let shown: Message | FormReply | null = null;
  const lines = createInterface({
    input,
    signal,
    prompt: '› ',
    ...(terminal ? { output: terminal } : {}),
    completer: async (line: string): Promise<[string[], string]> => {
      const asked = { ...here, locale, id: newId() };
      const offered = await completeLine(line, commands, dispatcher, asked);
      const begins = offered.every((whole) => whole.startsWith(line));
      // What all of them begin with takes the line's place: of several that do not go on from it, it must stay.
      return [offered.length > 1 && !begins ? [line, ...offered] : offered, line];
    },
  });
  let isOpen = true;
  lines.on('close', () => {
    isOpen = false;
  });
  print(`${words.welcome}\n`);
  lines.prompt();
  for await (const line of lines) {
    if (!terminal && line.endsWith('\t')) {
      const asked = { ...here, locale, id: newId() };
      const offered = await completeLine(line.slice(0, -1), commands, dispatcher, asked);
      print(['', ...offered].join('\t'));
    } else if (line.trim() !== '') {
      const request = requestFor(line, shown, options);
      const reply = request && (await answerTo(request, dispatcher));
      print(`${reply ? show(reply, options) : notUnderstood(line.trim(), words)}\n`);
      if (reply) shown = reply.type === 'delete' ? null : reply;
    }
    if (isOpen) lines.prompt();
  }
}

/** What posts to the console's one channel. */
export function consolePoster(view: ConsoleView): Poster {
  return {
    async post(_, message) {
      view.print(`${renderMessage(message, renderOptions(view))}\n`);
      return { type: 'sent', messageId: newId() };
    },
    ownPosts: async () => null,
    remembersNonces: () => true,
    publish: async () => null,
    async tell(_, __, text) {
      view.print(`${text}\n`);
      return true;
    },
  };
}

/** The fields of a form as they were typed, `seed:And God temperature:1`: those left out stay; null where none is named. */
function typedFields(line: string, { fields }: FormReply): Record<string, string> | null {
  const marks = Array.from(line.matchAll(/(?<=^|\s)(\w+):/g)).filter(([, name]) =>
    fields.some((field) => field.name === name),
  );
  if (marks.length === 0) return null;
  const typed = marks.map((mark, place) => [
    mark[1] ?? '',
    line.slice(mark.index + mark[0].length, marks[place + 1]?.index).trim(),
  ]);
  const kept = fields.map(({ name, value }) => [name, value]);
  return Object.fromEntries([...kept, ...typed]);
}

/** A command that was typed, or a button of the last message by its number or its label; null where it is neither. */
function requestFor(
  line: string,
  shown: Message | FormReply | null,
  { commands, locale }: ConsoleOptions,
): Request | null {
  const asked = { ...here, locale, id: newId() };
  const typed = line.trim().toLowerCase();
  const fields = shown && 'fields' in shown ? typedFields(line, shown) : null;
  if (shown && 'fields' in shown && fields) {
    return { ...asked, type: 'form', formId: shown.id, fields };
  }
  const buttons = shown && 'buttons' in shown ? shown.buttons : [];
  const button = buttons?.find(
    ({ label }, place) => typed === String(place + 1) || typed === label.toLowerCase(),
  );
  if (button)
    return { ...asked, type: 'button', buttonId: button.id, messageAsker: asked.asker.userId };
  const command = parseCommand(line, commands);
  return command && { ...asked, ...command, type: 'command' };
}

/** Numbers are those of buttons: what is still in view of an older answer has some too. */
function notUnderstood(typed: string, words: Words['console']): string {
  return /^\d+$/.test(typed) ? words.noButton(typed) : words.unknown;
}

async function answerTo(request: Request, dispatcher: Dispatcher): Promise<Reply> {
  const received = dispatcher.receive(request);
  return received.type === 'reply' ? received.reply : received.work();
}

function show(reply: Reply, view: ConsoleView): string {
  const { console: words } = wordsFor(view.locale);
  if (reply.type === 'delete') return words.deleted;
  if (reply.type === 'form') {
    const fields = reply.fields.map(({ name, label, value }) => `${name}:${value}  (${label})`);
    return [reply.title, ...fields, words.form].join('\n');
  }
  const message = renderMessage(reply, renderOptions(view));
  return reply.type === 'message' && reply.private ? `${message}\n${words.onlyYou}` : message;
}

function renderOptions({ locale, style, now }: ConsoleView): RenderOptions {
  return { locale, style, now: now() };
}

/** No longer than a nonce of Discord's can be. */
function newId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 24);
}
