import { expect, test } from 'vitest';
import type { InteractionHandle } from '../support/discord/handles.ts';
import { addNetwork } from './support/networks.ts';
import { leave, setUp, startBot } from './support/process.ts';

const seeds: readonly (readonly [string, string])[] = [
  ['mentions', '<@4711> <@!4711> <@&4712> <#4713>'],
  ['everyone', '@everyone @here'],
  ['links', 'https://example.com [text](https://example.com) <https://example.com>'],
  [
    'markdown',
    '**bold** __u__ ~~s~~ `code` ```block``` ||spoiler|| # head\n> quote\n- list\n-# small',
  ],
  ['zero width', 'a\u200b\u200d\ufeffb'],
  ['right to left', '\u202eabc\u202c עברית'],
  ['emoji', '👨‍👩‍👧‍👦'.repeat(11)],
  ['control characters', 'a\u0000\u0001\u001b[31m\u007f\r\n\tb'],
  ['SQL', "'); DROP TABLE exchanges; --"],
  ['nothing', ''],
  ['white space', '  \n '],
  ['half a pair', '\ud83d'],
];
/** Knows every character of the seeds, and writes those that Discord takes for something. */
const habit = `${seeds.map(([, seed]) => seed.toWellFormed()).join('')}${'@everyone <@4711> https://a.b **\n'.repeat(20)}`;

async function running() {
  const made = await setUp();
  addNetwork(made.escriba.store, 'signs', habit);
  const { child } = await startBot(made);
  return { ...made, child };
}

test('seeds of every kind are written on from, below 2,000 characters, pinging nobody, with no link unfolded', async () => {
  const { discord, child } = await running();
  const write = (seed: string, user: string) =>
    discord.interact({ command: 'write', options: { corpus: 'signs', seed, lines: 8 }, user });
  for (const [place, [kind, seed]] of seeds.entries()) {
    const answer = await write(seed, `${place}`).answer();
    expect([kind, answer.private, answer.embedsSuppressed]).toEqual([kind, false, true]);
    expect(answer.content).toMatch(/\n-# Invented by a neural network/);
    expect(answer.content.length).toBeLessThan(2_000);
    const again = discord.press(answer, answer.buttons[2]?.id ?? '', { user: `${place}` });
    expect((await again.answer()).content).toMatch(/^… [\s\S]*\n-# Invented by a neural network/);
  }
  // Discord itself takes no more than 300; a person's Discord can be made to send anything.
  const long = await write('a'.repeat(4_000), '4711').answer();
  expect(long).toMatchObject({
    private: true,
    content: '`seed` can have at most 300 characters.',
  });
  expect(discord.pings()).toEqual([]);
  expect(await leave(child)).toBe(0);
});

test('what nobody may do is answered privately: a forged button, one of another channel, another one’s text', async () => {
  const { discord, child } = await running();
  const other = discord.addServer();
  const typed = { command: 'write', options: { corpus: 'signs', seed: 'a' }, user: '1' };
  const shown = await discord.interact(typed).answer();
  const elsewhere = await discord.interact({ ...typed, guild: other.id }).answer();
  const told = async (call: InteractionHandle) => {
    const { content, private: isPrivate } = await call.answer();
    return isPrivate ? content : 'for all to see';
  };
  const press = (id: string, user = '2') => told(discord.press(shown, id, { user }));
  const unknown = /^I don't know this button/;
  const forgotten = /^I no longer have this text/;
  for (const id of ['explode:1', '', ':', '__proto__:x', 'again\u0000:1']) {
    expect([id, await press(id)]).toEqual([id, expect.stringMatching(unknown)]);
  }
  const [again, , , remove] = elsewhere.buttons.map(({ id }) => id);
  for (const id of ['delete:1', "delete:' OR 1=1 --", 'delete:', remove ?? '']) {
    expect([id, await press(id)]).toEqual([id, expect.stringMatching(forgotten)]);
  }
  expect(await press(again ?? '', '3')).toMatch(forgotten);
  expect(await press(shown.buttons[3]?.id ?? '')).toMatch(
    /^Only the person who asked for this text/,
  );
  expect(shown.deleted).toBe(false);
  expect(await leave(child)).toBe(0);
});
