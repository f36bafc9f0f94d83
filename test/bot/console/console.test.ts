import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../bot/commands/all.ts';
import { completeLine } from '../../../bot/console/complete.ts';
import { parseCommand } from '../../../bot/console/parse.ts';
import { type RenderOptions, renderMessage } from '../../../bot/console/render.ts';
import { runBotConsole } from '../../../bot/run-console.ts';
import { findExchange } from '../../../src/store/exchanges.ts';
import { findSchedule } from '../../../src/store/schedules.ts';
import { firstOf } from '../../store/schedule-wish.ts';
import { desk } from '../support/desk.ts';
import { addNetwork, inStore, storePath } from '../support/networks.ts';

describe('a line', () => {
  test.each([
    ['/bible', 'bible', null, {}],
    ['bible seed:Henrique verses:3', 'bible', null, { seed: 'Henrique', verses: 3 }],
    [
      '/bible seed:Genesis 1:1 In the beginning temperature:0,5',
      'bible',
      null,
      { seed: 'Genesis 1:1 In the beginning', temperature: 0.5 },
    ],
    ['/bible In the beginning', 'bible', null, { seed: 'In the beginning' }],
    ['/bible verses:many', 'bible', null, { verses: 'many' }],
    ['/biblia semente:Olá versiculos:2', 'bible', null, { seed: 'Olá', verses: 2 }],
    ['/whose text:note: the seed:x', 'whose', null, { text: 'note: the seed:x' }],
    [
      '/daily set channel:#verses time:8:30 timezone:UTC kind:real, do próprio livro',
      'daily',
      'set',
      {
        channel: { id: 'verses', name: 'verses', kind: 'text', missing: [] },
        time: '8:30',
        timezone: 'UTC',
        kind: 'real',
      },
    ],
    ['/diario mostrar', 'daily', 'show', {}],
  ])('%s', (line, command, subcommand, options) => {
    expect(parseCommand(line, commands)).toEqual({ command, subcommand, options });
  });

  test.each(['/nothing', '/daily', '/daily dance', ''])('that is no command: %s', (line) => {
    expect(parseCommand(line, commands)).toBeNull();
  });

  test('is completed: commands, subcommands, options, choices, and what an option offers', async () => {
    const path = storePath();
    addNetwork(path, 'poems', 'ab\n');
    const { assembly } = await desk(path);
    const asked = {
      id: '1',
      locale: 'en',
      asker: { userId: '1', mayManageServer: true, mayManageMessages: true },
      place: { guildId: 'G', channelId: 'C', isInstalled: true, language: null },
    } as const;
    const complete = (line: string) => completeLine(line, commands, assembly.dispatcher, asked);
    expect(await complete('/b')).toEqual(['/bible ']);
    expect(await complete('/daily s')).toEqual(['/daily set ', '/daily show ']);
    expect(await complete('/bible seed:x t')).toEqual(['/bible seed:x temperature:']);
    expect(await complete('/daily set book:pl')).toEqual([
      '/daily set book:plato',
      '/daily set book:dialogues',
    ]);
    const portuguese = (line: string) =>
      completeLine(line, commands, assembly.dispatcher, { ...asked, locale: 'pt-BR' });
    expect(await portuguese('/bib')).toEqual(['/biblia ']);
    expect(await portuguese('/diario m')).toEqual(['/diario mostrar ']);
    expect(await portuguese('/biblia semente:x t')).toEqual(['/biblia semente:x temperatura:']);
    expect(await complete('/write corpus:po')).toEqual(['/write corpus:poems']);
    expect(await complete('/write corpus:poems model:')).toEqual(['/write corpus:poems model:1']);
  });
});

describe('a message', () => {
  const options: RenderOptions = { locale: 'en', now: 0, style: (_, text) => text };

  test('is shown as Discord shows it: without its marks, with its buttons', () => {
    const text = '**Bold** and __under__ \\*not\\* `code`\n> quoted\n- item\n-# small <#4711>';
    const buttons = [{ id: 'a:1', label: 'Again', style: 'primary' }] as const;
    expect(renderMessage({ text, buttons }, options)).toBe(
      'Bold and under *not* code\n│ quoted\n• item\nsmall #4711\n 1 Again ',
    );
  });

  test('has the number of each button once, where its label names it too', () => {
    const shown = (...labels: string[]) =>
      renderMessage(
        { text: '', buttons: labels.map((label) => ({ id: label, label, style: 'primary' })) },
        options,
      );
    expect(shown('1 is real', '2 is real')).toBe('\n 1 is real   2 is real ');
    expect(shown('O 1 é real', 'O 2 é real')).toBe('\n O 1 é real   O 2 é real ');
    expect(shown('2 is real', '12 more')).toBe('\n 1 2 is real   2 12 more ');
  });

  test('has its times in words', () => {
    expect(renderMessage({ text: 'again <t:30:R>, at <t:0:f>' }, options)).toMatch(
      /^again in 30 seconds, at .*19(70|69)/,
    );
    const portuguese: RenderOptions = { ...options, locale: 'pt-BR' };
    expect(renderMessage({ text: '<t:7200:R>' }, portuguese)).toBe('em 2 horas');
  });

  test('has its styles where they are wanted, and shows what is escaped as it is', () => {
    const styled = renderMessage(
      { text: '**a**\\*\\*b' },
      {
        ...options,
        style: (style, text) => `<${style}>${text}</>`,
      },
    );
    expect(styled).toBe('<bold>a</>**b');
  });
});

test('the console is the bot: commands, buttons by number and by name, until its input ends', async () => {
  const path = storePath();
  addNetwork(path, 'signs', 'ab\n');
  const input = new PassThrough();
  const printed: string[] = [];
  const lines = ['/write corpus:signs seed:ab', '3', 'delete', '1', '/daily show', 'nonsense'];
  input.end(`${lines.join('\n')}\n`);
  await runBotConsole({
    databasePath: path,
    threads: 1,
    log: { info() {}, warn() {}, error() {} },
    locale: 'en',
    style: (_, text) => text,
    print: (text) => printed.push(text.trimEnd()),
    input,
    terminal: undefined,
    signal: new AbortController().signal,
  });
  const [welcome, written, continued, deleted, gone, daily, unknown] = printed;
  expect(welcome).toMatch(/^The bot as Discord would show it/);
  expect(written).toMatch(
    /^ab[\s\S]*Invented by a neural network[\s\S]* 1 Again {3}2 Change… {3}3 Continue/,
  );
  expect(continued).toMatch(/^… /);
  expect(deleted).toBe('(Message deleted.)');
  expect(gone).toBe(
    'The last answer has no button 1, and those of older answers can no longer be pressed here.',
  );
  expect(daily).toMatch(/There is no daily post here yet[\s\S]*\(Only you would see this\.\)/);
  expect(unknown).toMatch(/There is no such command/);
  // What the console kept is gone with it.
  inStore(path, (store) => {
    expect(store.row('SELECT count(*) AS rows FROM exchanges')).toEqual({ rows: 0 });
    expect(findSchedule(store, firstOf('console'))).toBeUndefined();
    expect(findExchange(store, '1')).toBeUndefined();
  });
});
