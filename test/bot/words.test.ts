import { describe, expect, test } from 'vitest';
import { commands } from '../../bot/commands/all.ts';
import { parseCommand } from '../../bot/console/parse.ts';
import type { Option } from '../../bot/core/command.ts';
import type { Services } from '../../bot/library/services.ts';
import { wordsFor } from '../../bot/words/words.ts';
import { languages } from '../../data/language.ts';
import { desk, privately } from './support/desk.ts';
import { storePath } from './support/networks.ts';

const actions = commands.flatMap((command) =>
  'subcommands' in command ? command.subcommands : [command],
);
const options: Option<Services>[] = actions.flatMap((action) => Object.values(action.options));

describe('names and descriptions', () => {
  test('are of a length and a form that Discord takes, in every language', () => {
    const described = [...commands, ...actions, ...options];
    for (const { description, localNames } of described) {
      for (const locale of languages) {
        expect(description[locale].length).toBeGreaterThan(0);
        expect(description[locale].length).toBeLessThanOrEqual(100);
      }
      expect(localNames['pt-BR']).toMatch(/^[\p{Ll}\p{N}_-]{1,32}$/u);
    }
  });

  test('differ between the languages, and no two of a place are the same', () => {
    for (const { description } of [...commands, ...options]) {
      expect(description.en).not.toBe(description['pt-BR']);
    }
    expect(new Set(commands.map(({ localNames }) => localNames['pt-BR'])).size).toBe(
      commands.length,
    );
    for (const action of actions) {
      const names = Object.values(action.options).map(({ localNames }) => localNames['pt-BR']);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

test('help names every command as the asker sees it, and fits into a message', async () => {
  const { ask } = await desk(storePath());
  for (const { example } of commands) {
    for (const locale of languages) {
      const typed = parseCommand(example[locale], commands);
      expect([example[locale], typed === null]).toEqual([example[locale], false]);
    }
  }
  const english = privately(await ask('/help'));
  const portuguese = privately(await ask('/help', { locale: 'pt-BR' }));
  for (const { name, localNames } of commands.filter(({ name: each }) => each !== 'help')) {
    expect(english).toContain(`**/${name}**`);
    expect(portuguese).toContain(`**/${localNames['pt-BR']}**`);
  }
  for (const locale of languages) {
    expect(wordsFor(locale).privacy.policy.length).toBeLessThan(2000);
    expect(privately(await ask('/privacy show', { locale }))).toBe(wordsFor(locale).privacy.policy);
  }
  const clickable = await desk(storePath(), {
    commandIds: new Map(commands.map(({ name }, at) => [name, `11223344556677889${at + 10}`])),
  });
  const texts = await Promise.all(
    languages.map(async (locale) => privately(await clickable.ask('/help', { locale }))),
  );
  expect(texts[0]).toMatch(/^<\/bible:\d{19}> A network [^\n]*: `\/bible seed:Henrique`$/m);
  expect(texts[1]).toMatch(/^<\/daily set:\d{19}> [^\n]*: `\/diario definir canal:#/m);
  const few = await desk(storePath(), { commandIds: new Map([['bible', '17']]) });
  expect(privately(await few.ask('/help')).match(/^<\/.*/gm)).toEqual([
    expect.stringMatching(/^<\/bible:17> /),
  ]);
  for (const text of [english, portuguese, ...texts]) expect(text.length).toBeLessThan(2000);
});

test('Portuguese agrees with one and with many', () => {
  const { daily } = wordsFor('pt-BR');
  expect(daily.shown('todos os dias', '<#1>', '01:30', 'UTC', ['Bíblia'])).toMatch(
    /^Todos os dias, à 01:30/,
  );
  expect(daily.set('todos os dias', '<#1>', '10:00', 'UTC', 'x')).toMatch(
    /todos os dias, às 10:00/,
  );
  expect(daily.missing('<#1>', ['"Ver canal"'])).toMatch(/: falta "Ver canal"\. Me dê essa perm/);
  expect(daily.missing('<#1>', ['"a"', '"b"'])).toMatch(/: faltam "a" e "b"\. Me dê essas perm/);
});
