import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { command, type Options } from '../../bot/core/command.ts';
import { createDispatcher, type Dispatcher } from '../../bot/core/dispatch.ts';
import { readOptions } from '../../bot/core/read-options.ts';
import type { RawOptions, Request } from '../../bot/core/request.ts';

const both = (text: string) => ({ en: text, 'pt-BR': text });
const about = { localNames: { 'pt-BR': 'x' }, description: both('x') };
const options = {
  text: { ...about, type: 'text', minimumLength: 1, maximumLength: 3 },
  book: {
    ...about,
    type: 'text',
    choices: [
      { value: 'bible', name: both('Bible') },
      { value: 'plato', name: both('Plato') },
    ],
  },
  verses: { ...about, type: 'integer', minimum: 1, maximum: 8 },
  temperature: { ...about, type: 'number', minimum: 0, maximum: 1.5 },
  channel: { ...about, type: 'channel' },
  role: { ...about, type: 'role' },
} as const satisfies Options<null>;
const channel = { id: '1', name: 'general', kind: 'text', missing: [] } as const;
const role = { id: '2', name: 'readers', mentionable: true };

describe('readOptions', () => {
  test.each<RawOptions>([
    {},
    { text: 'ab', book: 'plato', verses: 8, temperature: 1.5, channel, role },
    { text: '😀😀😀', verses: 1, temperature: 0 },
  ])('takes what fits: %j', (raw) => {
    expect(readOptions(options, raw)).toEqual({ values: raw });
  });

  test.each<readonly [RawOptions, string]>([
    [{ text: '' }, '`text` must have 1 to 3 characters.'],
    [{ text: 'abcd' }, '`text` must have 1 to 3 characters.'],
    [{ text: 5 }, "`text` has a value that I can't use."],
    [{ book: 'koran' }, '`book` can be one of these: `bible` (Bible); `plato` (Plato).'],
    [{ channel: role }, "`channel` has a value that I can't use."],
    [{ role: channel }, "`role` has a value that I can't use."],
    [{ verses: 0 }, '`verses` must be from 1 to 8.'],
    [{ verses: 9 }, '`verses` must be from 1 to 8.'],
    [{ verses: 1.5 }, "`verses` has a value that I can't use."],
    [{ temperature: 1.51 }, '`temperature` must be from 0 to 1.5.'],
    [{ temperature: Number.NaN }, '`temperature` must be from 0 to 1.5.'],
    [{ temperature: '1' }, "`temperature` has a value that I can't use."],
    [{ channel: '1' }, "`channel` has a value that I can't use."],
  ])('refuses %j', (raw, words) => {
    expect(readOptions(options, raw)).toEqual({ refusal: expect.objectContaining({ en: words }) });
  });

  test('passes nothing on that is not declared, whatever it is called', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (extra) => {
        const declared = new Set(Object.keys(options));
        const raw = Object.fromEntries(
          Object.entries(extra).filter(([name]) => !declared.has(name)),
        );
        expect(readOptions(options, raw)).toEqual({ values: {} });
      }),
    );
  });

  test('says what is missing', () => {
    const required = { seed: { ...about, type: 'text', required: true } } as const;
    expect(readOptions(required, { toString: 'x' })).toMatchObject({
      refusal: { en: '`seed` is missing.', 'pt-BR': 'Falta `x`.' },
    });
  });
});

describe('a dispatcher', () => {
  const failures: unknown[] = [];
  const dispatcher = (admit: () => null): Dispatcher =>
    createDispatcher({
      commands: [
        command({
          ...about,
          name: 'fail',
          where: 'everywhere',
          example: { en: '/fail', 'pt-BR': '/fail' },
          who: 'everyone',
          acknowledgement: 'public',
          costly: false,
          options: {},
          run(): never {
            throw new Error('at once');
          },
        }),
      ],
      messageCommands: [],
      buttons: [],
      forms: [],
      servicesIn: () => null,
      admit,
      notice: () => null,
      inTurn: (work) => work(),
      publicLanguage: ({ locale }) => locale,
      screen: (reply) => reply,
      onFailure: (error) => failures.push(error),
    });
  const request: Request = {
    type: 'command',
    id: '1',
    command: 'fail',
    subcommand: null,
    options: {},
    locale: 'en',
    asker: { userId: '1', mayManageServer: false, mayManageMessages: false },
    place: { guildId: null, channelId: '1', isInstalled: false, language: null },
  };
  const sorry = { type: 'message', private: true, text: expect.stringMatching(/^Sorry/) };

  test('apologizes for what is thrown, when it is let in and when it is worked on', async () => {
    const received = dispatcher(() => null).receive(request);
    expect(received.type === 'work' && (await received.work())).toEqual(sorry);
    const refusing = dispatcher(() => {
      throw new Error('no cooldowns');
    });
    expect(refusing.receive(request)).toEqual({ type: 'reply', reply: sorry });
    expect(failures).toMatchObject([{ message: 'at once' }, { message: 'no cooldowns' }]);
  });

  test.each([
    ['of another name', { command: 'constructor' }],
    ['with a subcommand that it has not', { subcommand: 'toString' }],
  ])('does not know a command %s', (_, other) => {
    expect(dispatcher(() => null).receive({ ...request, ...other })).toMatchObject({
      type: 'reply',
      reply: { private: true, text: expect.stringMatching(/don't know this command/) },
    });
  });
});
