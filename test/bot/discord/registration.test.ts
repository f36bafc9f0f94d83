import { expect, test } from 'vitest';
import type { Command } from '../../../bot/core/command.ts';
import { botForTest, commands, discordForTest, hurriedClock, messageCommands } from './bot.ts';

const [echo] = commands;

test('commands are registered once, and again only when one of them changed', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const start = async (some: readonly Command<never>[]) => {
    const { connection } = await botForTest(discord, { commands: some });
    await connection.close(1_000);
    return discord.count('overwriteCommands');
  };
  expect(await start(commands)).toBe(1);
  expect(await start(commands)).toBe(1);
  expect(await start([...commands].reverse())).toBe(1);
  const changed = (part: object) =>
    commands.map((one) => (one === echo ? { ...one, ...part } : one));
  expect(await start(changed({ description: { en: 'other', 'pt-BR': 'outra' } }))).toBe(2);
  expect(await start(changed({ localNames: { 'pt-BR': 'ecos' } }))).toBe(3);
  expect(await start(changed({ where: 'servers' }))).toBe(4);
  expect(await start(changed({ who: 'server-managers' }))).toBe(5);
  expect(await start(changed({ options: {} }))).toBe(6);
  expect(await start(commands.slice(1))).toBe(7);
  expect(discord.world.commands.in(null).map(({ name }) => name)).not.toContain('echo');
});

test('a command is registered in both languages, for where it works and who may use it', async () => {
  const discord = await discordForTest();
  discord.addServer();
  await botForTest(discord);
  const [registered, daily] = ['echo', 'daily'].map((name) =>
    discord.world.commands.find(name, null),
  );
  expect(registered).toMatchObject({
    name_localizations: { 'pt-BR': 'nome' },
    description: 'a description',
    description_localizations: { 'pt-BR': 'a description (pt)' },
    default_member_permissions: null,
    contexts: [0, 1, 2],
    integration_types: [0, 1],
    options: [
      { name: 'text', type: 3, required: true, autocomplete: false, max_length: 3_000 },
      { name: 'times', type: 4, required: false, min_value: 1, max_value: 3 },
    ],
  });
  expect(daily).toMatchObject({
    default_member_permissions: '32',
    contexts: [0],
    integration_types: [0],
    options: [
      { type: 1, name: 'set', options: [{ type: 7, channel_types: [0, 5, 15, 11, 12, 10] }] },
    ],
  });
});

test('the command that opens an Activity stays, whatever else is registered or taken back', async () => {
  const discord = await discordForTest();
  const { id } = discord.addServer();
  discord.world.commands.addEntryPoint();
  const names = () => discord.world.commands.in(null).map(({ name }) => name);
  for (const _ of [1, 2]) await botForTest(discord);
  expect(names()).toContain('echo');
  expect(names()).toContain('launch');
  expect(discord.count('overwriteCommands')).toBe(1);
  await botForTest(discord, { guildId: id });
  expect(names()).toEqual(['launch']);
});

test('registering that failed at the start is tried again later', async () => {
  const discord = await discordForTest();
  discord.addServer();
  discord.fault('commands', { type: 'trouble', status: 503 });
  const { log } = await botForTest(discord, { clock: hurriedClock() });
  expect(log.map(({ message }) => message)).toContain(
    'The commands could not be registered; going on without.',
  );
  discord.faultless();
  await discord.until(() => (discord.count('overwriteCommands', 200) > 0 ? true : undefined));
});

test('with a server named, commands are registered there alone', async () => {
  const discord = await discordForTest();
  const { id } = discord.addServer();
  for (const _ of [1, 2]) await botForTest(discord, { guildId: id });
  expect(discord.world.commands.in(id)).toHaveLength(commands.length + messageCommands.length);
  expect(discord.world.commands.in(null)).toEqual([]);
  expect(discord.count('overwriteServerCommands')).toBe(1);
});

test('commands are shown once after a server is named, and after it is named no more', async () => {
  const discord = await discordForTest();
  const { id } = discord.addServer();
  const shown = () => [null, id].map((scope) => discord.world.commands.in(scope).length);
  const all = commands.length + messageCommands.length;
  for (const [guildId, expected] of [
    [undefined, [all, 0]],
    [id, [0, all]],
    [undefined, [all, 0]],
  ] as const) {
    const { connection } = await botForTest(discord, guildId === undefined ? {} : { guildId });
    await connection.close(1_000);
    expect(shown()).toEqual(expected);
  }
});

test('a server that the bot is not in is said to be the trouble', async () => {
  const discord = await discordForTest();
  await expect(botForTest(discord, { guildId: '123456789012345678' })).rejects.toMatchObject({
    message: expect.stringContaining('123456789012345678'),
    remedy: expect.stringContaining('DISCORD_GUILD_ID'),
  });
});

test('where commands cannot be registered for a while, those registered before go on working', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const { connection } = await botForTest(discord);
  await connection.close(1_000);
  discord.fault('commands', { type: 'trouble', status: 503 });
  const { log } = await botForTest(discord, { clock: hurriedClock() });
  expect(log.find(({ level }) => level === 'error')?.message).toMatch(/could not be registered/);
  const call = discord.interact({ command: 'echo', options: { text: 'still here' } });
  expect((await call.answer()).content).toBe('still here');
});
