import { expect, test } from 'vitest';
import type { ConnectionStatus } from '../../../bot/discord/status.ts';
import { botForTest, discordForTest } from './bot.ts';

test('leaving finishes what is under way and turns away what comes meanwhile', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const { connection, gate, worked } = await botForTest(discord);
  const before = discord.interact({ command: 'slow', user: '1' });
  await before.acknowledged();
  const closed = connection.close();
  const during = discord.interact({ command: 'slow', user: '2' });
  expect(await during.answer()).toMatchObject({ content: expect.stringMatching(/restarting/) });
  gate.open();
  expect((await before.answer()).content).toBe('slowly to 1');
  await closed;
  expect(discord.gateway.connected).toBe(0);
  expect(worked).toHaveLength(1);
});

test('what was to change a message later changes it before the bot leaves', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const { connection } = await botForTest(discord, {
    say: () => ({
      type: 'message',
      private: false,
      text: 'which one?',
      later: (signal) =>
        new Promise((resolve) => {
          const tell = () => resolve({ text: 'this one' });
          if (signal.aborted) tell();
          else signal.addEventListener('abort', tell);
        }),
    }),
  });
  const call = discord.interact({ command: 'say' });
  expect((await call.answer()).content).toBe('which one?');
  await connection.close();
  expect(call.written().at(-1)?.content).toBe('this one');
  expect(discord.count('editReply', 200)).toBe(2);
});

test.each([
  ['application', null],
  ['commands', 'application'],
  ['overwriteCommands', 'commands'],
  ['gateway', 'overwriteCommands'],
] as const)(
  'told to leave while Discord takes its time with %s, it ends at once and registers nothing after',
  async (slow, before) => {
    const discord = await discordForTest();
    discord.addServer();
    discord.fault(slow, { type: 'slow', milliseconds: 120_000 });
    const leaving = new AbortController();
    const connecting = botForTest(discord, { signal: leaving.signal });
    if (before) await discord.until(() => (discord.count(before) > 0 ? true : undefined));
    leaving.abort();
    await expect(connecting).rejects.toThrow();
    expect(discord.world.commands.in(null).length > 0).toBe(slow === 'gateway');
    expect(discord.gateway.counts.connections).toBe(0);
  },
);

test('told to leave between two answers of a slow Discord, it asks for nothing more', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const leaving = new AbortController();
  const connecting = botForTest(discord, {
    signal: leaving.signal,
    onApplication: async () => leaving.abort(),
  });
  await expect(connecting).rejects.toThrow();
  expect(discord.count('commands')).toBe(0);
});

test('leaving apologizes for what is not done in time', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const { connection } = await botForTest(discord);
  const call = discord.interact({ command: 'slow', locale: 'pt-BR' });
  await call.acknowledged();
  await connection.close(600);
  expect((await call.answer()).content).toMatch(/^Desculpe/);
});

test('servers and the connection are told of as they come and go', async () => {
  const discord = await discordForTest();
  const first = discord.addServer();
  const statuses: ConnectionStatus[] = [];
  const left: string[] = [];
  const { connection } = await botForTest(discord, {
    onStatus: (status) => statuses.push(status),
    onServerLeft: (id) => left.push(id),
  });
  const last = () => statuses.at(-1);
  await expect.poll(last).toMatchObject({ state: 'connected', servers: 1 });
  const second = discord.addServer();
  await expect.poll(last).toMatchObject({ servers: 2 });
  discord.loseServer(first.id);
  discord.removeServer(second.id);
  await expect.poll(last).toMatchObject({ servers: 1 });
  expect(left).toEqual([second.id]);
  expect(connection.servers()).toEqual([first.id]);
  discord.gateway.drop();
  await expect
    .poll(() => statuses.slice(-2).map(({ state }) => state))
    .toEqual(['connecting', 'connected']);
});

test.each([
  [4004, /does not accept the token any more/, /reset in the Developer Portal/, 2],
  [4010, /does not know the shard/, /Start the bot again/, 1],
  [4011, /in too many servers for its connections/, /Start the bot again/, 1],
  [4013, /does not know the intents/, /Update Escriba/, 1],
  [4014, /does not let this application connect/, /no privileged intent/, 1],
] as const)(
  'being turned away by %i while it runs is told with its own reason',
  async (code, message, remedy, exitCode) => {
    const discord = await discordForTest();
    discord.addServer();
    const statuses: ConnectionStatus[] = [];
    const errors: Error[] = [];
    await botForTest(discord, {
      onStatus: (status) => statuses.push(status),
      onRefused: (error) => errors.push(error),
    });
    discord.gateway.close(code);
    await expect.poll(() => statuses.at(-1)?.state).toBe('refused');
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(remedy),
        // With 2, a service is not begun again.
        exitCode,
      },
    ]);
  },
);
