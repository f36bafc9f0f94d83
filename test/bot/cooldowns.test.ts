import { expect, test } from 'vitest';
import { buttons, commands } from '../../bot/commands/all.ts';
import { desk, privately, publicly } from './support/desk.ts';
import { addNetwork, storePath } from './support/networks.ts';

const allowances = {
  person: { count: 2, within: 30_000 },
  server: { count: 3, within: 60_000 },
};

test('who asks for too much is told privately when it will be over, and may ask again then', async () => {
  const path = storePath();
  addNetwork(path, 'signs', 'ab\n');
  const { ask, press, time } = await desk(path, { allowances });
  const began = Date.now();
  const line = '/write corpus:signs';
  const { buttons } = publicly(await ask(line));
  publicly(await press(buttons?.find(({ id }) => id.startsWith('again'))?.id ?? ''));
  const refused = privately(await ask(line));
  const [, over = '0'] = /You can ask again <t:(\d+):R>/.exec(refused) ?? [];
  expect(Number(over) * 1000).toBeGreaterThanOrEqual(began + 30_000);
  expect(Number(over) * 1000).toBeLessThan(Date.now() + 31_000);
  // Others may, until their server has had enough; what costs nothing is always answered.
  publicly(await ask(line, { user: 'another' }));
  expect(privately(await ask(line, { user: 'third' }))).toMatch(/This server asked for a lot/);
  publicly(await ask(line, { user: 'third', guild: null }));
  expect(privately(await ask('/help'))).toMatch(/I am a scribe/);
  time.ahead = 31_000;
  expect(privately(await ask(line))).toMatch(/This server asked for a lot/);
  time.ahead = 61_000;
  publicly(await ask(line));
  publicly(await ask('/model'));
  expect(privately(await ask('/model'))).toMatch(/You can ask again/);
});

test('what makes a network compute or draws a picture counts, and nothing else', () => {
  const actions = commands.flatMap((command) =>
    'subcommands' in command
      ? command.subcommands.map(({ name, costly }) => ({ name: `${command.name} ${name}`, costly }))
      : [command],
  );
  const costly = [...actions, ...buttons].filter((each) => each.costly).map(({ name }) => name);
  expect(costly.toSorted()).toEqual(
    [
      'again',
      'bible',
      'continue',
      'daily now',
      'dialogues',
      'game play',
      'game scores',
      'model',
      'plato',
      'round',
      'verse',
      'whose',
      'write',
    ].toSorted(),
  );
});
