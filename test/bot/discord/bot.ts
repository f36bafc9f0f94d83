import { setImmediate as turn } from 'node:timers/promises';
import { afterEach } from 'vitest';
import type { Clock } from '../../../bot/core/clock.ts';
import {
  type ButtonHandler,
  type Command,
  command,
  type FormHandler,
  type MessageCommand,
} from '../../../bot/core/command.ts';
import { createDispatcher } from '../../../bot/core/dispatch.ts';
import type { Log } from '../../../bot/core/log.ts';
import type { Reply } from '../../../bot/core/reply.ts';
import type { Request } from '../../../bot/core/request.ts';
import { type ConnectionOptions, connectDiscord } from '../../../bot/discord/connection.ts';
import {
  type DiscordOptions,
  type LoopbackDiscord,
  startDiscord,
} from '../../support/discord/start.ts';

/** Where a test lets a work that waits go on. */
class Gate {
  #open: () => void = () => {};
  readonly opened = new Promise<void>((resolve) => {
    this.#open = resolve;
  });

  open(): void {
    this.#open();
  }
}

/** A clock on which every wait is over in no time, with what it was to take gone by. */
export function hurriedClock(): Clock {
  let hurried = 0;
  return {
    now: () => Date.now() + hurried,
    async sleep(milliseconds, signal) {
      await turn();
      if (!signal?.aborted) hurried += milliseconds;
    },
  };
}

/** What the commands of these tests work with. */
export interface Services {
  /** What `slow` waits for. */
  readonly gate: Gate;
  /** The requests that were worked on, in order. */
  readonly worked: Request[];
  /** What `say` and the button `say` answer. */
  say(request: Request): Reply;
}

const words = (en: string) => ({ en, 'pt-BR': `${en} (pt)` });
const about = { localNames: { 'pt-BR': 'nome' }, description: words('a description') };
const example = words('/echo text:a');
const open = { ...about, example, where: 'everywhere', who: 'everyone', options: {} } as const;

export const commands: readonly Command<Services>[] = [
  command({
    ...open,
    name: 'echo',
    acknowledgement: 'public',
    costly: false,
    options: {
      text: { ...about, type: 'text', required: true, maximumLength: 3_000 },
      times: {
        ...about,
        localNames: { 'pt-BR': 'vezes' },
        type: 'integer',
        minimum: 1,
        maximum: 3,
      },
    },
    async run(request, { worked }: Services) {
      worked.push(request);
      const { text, times = 1 } = request.options;
      return { type: 'message', private: false, text: text.repeat(times) };
    },
  }),
  command({
    ...open,
    name: 'slow',
    acknowledgement: 'public',
    costly: true,
    async run(request, { gate, worked }: Services) {
      worked.push(request);
      await gate.opened;
      return { type: 'message', private: false, text: `slowly to ${request.asker.userId}` };
    },
  }),
  command({
    ...open,
    name: 'fail',
    acknowledgement: 'public',
    costly: false,
    async run(): Promise<Reply> {
      throw new Error('the worker died');
    },
  }),
  command({
    ...open,
    name: 'say',
    acknowledgement: 'public',
    costly: false,
    run: async (request, { say }: Services) => say(request),
  }),
  command({
    ...open,
    name: 'whisper',
    acknowledgement: 'private',
    costly: false,
    run: async (request, { say }: Services) => say(request),
  }),
  command({
    ...open,
    name: 'book',
    acknowledgement: 'public',
    costly: false,
    options: {
      title: {
        ...about,
        type: 'text',
        async complete({ text, locale }, { gate }: Services) {
          if (text === 'slow') await gate.opened;
          if (text === 'fail') throw new Error('no books');
          const titles = Array.from({ length: 30 }, (_, n) => `${text} ${locale} ${n}`);
          return titles.map((title) => ({ name: title.padEnd(120, '.'), value: title }));
        },
      },
    },
    run: async (request) => ({
      type: 'message',
      private: false,
      text: request.options.title ?? 'none',
    }),
  }),
  {
    ...{ ...about, example },
    name: 'daily',
    where: 'servers',
    who: 'server-managers',
    subcommands: [
      {
        ...about,
        name: 'set',
        acknowledgement: 'private',
        costly: false,
        options: { channel: { ...about, type: 'channel', required: true } },
        run: async (request) => ({
          type: 'message',
          private: true,
          text: JSON.stringify(request.options),
        }),
      },
    ],
  },
];

export const messageCommands: readonly MessageCommand<Services>[] = [
  {
    name: 'Echo this',
    localNames: { 'pt-BR': 'Repetir isto' },
    acknowledgement: 'public',
    costly: false,
    run: async ({ text }) => ({ type: 'message', private: false, text }),
  },
];

const silent: ButtonHandler<Services> = {
  name: 'silent',
  acknowledgement: 'silent',
  costly: false,
  press: async (request, argument, { say }) => {
    const reply = say(request);
    return reply.type === 'delete' || reply.type === 'form'
      ? reply
      : { ...reply, text: `${reply.text}${argument}` };
  },
};
const direct: ButtonHandler<Services> = { ...silent, name: 'direct', acknowledgement: 'none' };
const form: FormHandler<Services> = {
  name: 'form',
  acknowledgement: 'public',
  costly: false,
  submit: async ({ fields }, argument) => ({
    type: 'message',
    private: false,
    text: `${argument} ${JSON.stringify(fields)}`,
  }),
};
const aloud: ButtonHandler<Services> = { ...silent, name: 'aloud', acknowledgement: 'public' };

interface LogLine {
  readonly level: keyof Log;
  readonly fields: object;
  readonly message: string;
}

const toStop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

/** A loopback Discord that stops with its test. */
export async function discordForTest(options?: DiscordOptions): Promise<LoopbackDiscord> {
  const discord = await startDiscord(options);
  toStop.push(() => discord.stop());
  return discord;
}

export interface BotOptions extends Partial<ConnectionOptions> {
  readonly say?: (request: Request) => Reply;
  readonly notice?: string;
  readonly admit?: (request: Request) => Reply | null;
}

/** The test commands on a loopback Discord, until the test ends. */
export async function botForTest(
  discord: LoopbackDiscord,
  { say, notice, admit = () => null, ...options }: BotOptions = {},
) {
  const log: LogLine[] = [];
  const failures: unknown[] = [];
  const services: Services = {
    gate: new Gate(),
    worked: [],
    say: say ?? (() => ({ type: 'message', private: false, text: 'said' })),
  };
  const write = (level: keyof Log) => (fields: object, message: string) => {
    log.push({ level, fields, message });
  };
  const connection = await connectDiscord({
    token: discord.token,
    apiUrl: discord.apiUrl,
    commands,
    messageCommands,
    dispatcher: createDispatcher({
      commands,
      messageCommands,
      buttons: [silent, aloud, direct],
      forms: [form],
      servicesIn: () => services,
      admit,
      notice: () => (notice === undefined ? null : { en: notice, 'pt-BR': notice }),
      inTurn: (work) => work(),
      publicLanguage: ({ locale }) => locale,
      screen: (reply) => reply,
      onFailure: (error) => failures.push(error),
    }),
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    ...options,
  });
  toStop.push(() => connection.close(1_000));
  return { connection, log, failures, ...services };
}
