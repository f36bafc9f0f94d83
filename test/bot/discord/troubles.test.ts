import { describe, expect, test } from 'vitest';
import type { Fault } from '../../support/discord/faults.ts';
import type { LoopbackDiscord } from '../../support/discord/start.ts';
import { botForTest, discordForTest, hurriedClock } from './bot.ts';

const troubles: readonly (readonly [string, Fault])[] = [
  ['503', { type: 'trouble', status: 503 }],
  ['429', { type: 'rate-limit', retryAfterSeconds: 0.1 }],
  ['a global 429', { type: 'rate-limit', retryAfterSeconds: 0.1, global: true }],
  ['a reset', { type: 'reset' }],
  ['slowness', { type: 'slow', milliseconds: 300 }],
];
/** The calls after which Discord can have done what it was asked although its answer was lost. */
const lost: readonly (readonly [string, Fault])[] = [
  ['503', { type: 'trouble', status: 503, done: true }],
  ['a reset', { type: 'reset', done: true }],
];

async function running(options?: Parameters<typeof discordForTest>[0]) {
  const discord = await discordForTest(options);
  discord.addServer();
  return { discord, ...(await botForTest(discord)) };
}

function echo(discord: LoopbackDiscord, text: string) {
  return discord.interact({ command: 'echo', options: { text } });
}

describe('the gateway', () => {
  test('drops in mid-answer: that answer comes, and what was asked meanwhile is answered after the resume', async () => {
    const { discord, gate } = await running();
    const { gateway } = discord;
    const before = discord.interact({ command: 'slow', user: '1' });
    await before.acknowledged();
    gateway.drop();
    await discord.until(() => (gateway.connected === 0 ? true : undefined));
    const meanwhile = echo(discord, 'meanwhile');
    gate.open();
    expect((await before.answer()).content).toBe('slowly to 1');
    expect((await meanwhile.answer()).content).toBe('meanwhile');
    expect(gateway.counts).toMatchObject({ connections: 2, identifies: 1, resumes: 1 });
  });

  test.each([
    ['asks to reconnect', (discord: LoopbackDiscord) => discord.gateway.askToReconnect(), 1, 1],
    [
      'closes with an unknown error',
      (discord: LoopbackDiscord) => discord.gateway.close(4000),
      1,
      1,
    ],
    [
      'ends the session',
      (discord: LoopbackDiscord) => discord.gateway.invalidateSessions(false),
      2,
      0,
    ],
    [
      'has forgotten the session',
      (discord: LoopbackDiscord) => {
        discord.gateway.forgetSessions();
        discord.gateway.drop();
      },
      2,
      1,
    ],
  ])('%s: the bot is back', async (_, trouble, identifies, resumes) => {
    const { discord } = await running();
    trouble(discord);
    const { counts } = discord.gateway;
    await discord.until(() =>
      counts.identifies === identifies &&
      counts.resumes === resumes &&
      discord.gateway.connected === 1
        ? true
        : undefined,
    );
    expect((await echo(discord, 'back').answer()).content).toBe('back');
  });

  test('goes silent: the connection is given up and resumed', async () => {
    const { discord } = await running({ heartbeatMilliseconds: 150 });
    const { gateway } = discord;
    gateway.answersHeartbeats = false;
    await discord.until(() => (gateway.counts.connections === 2 ? true : undefined));
    gateway.answersHeartbeats = true;
    expect((await echo(discord, 'alive').answer()).content).toBe('alive');
    expect(gateway.counts.resumes).toBeGreaterThan(0);
    expect(gateway.counts.identifies).toBe(1);
  });

  test('takes no connection for a while: the bot comes back by itself, and says once what is wrong', async () => {
    const { discord, log } = await running();
    discord.gateway.takesConnections = false;
    discord.gateway.drop();
    await discord.until(() => (discord.gateway.counts.connections >= 4 ? true : undefined));
    discord.gateway.takesConnections = true;
    expect((await echo(discord, 'there').answer()).content).toBe('there');
    expect(log.filter(({ level }) => level !== 'info').map(({ message }) => message)).toEqual([
      'Connecting to Discord anew.',
    ]);
  });

  test('has shards: each of them answers for its servers, and the first for private messages', async () => {
    const discord = await discordForTest({ shards: 2 });
    const servers = [0, 1].map((shard) => discord.addServer({ shard }));
    const statuses: unknown[] = [];
    await botForTest(discord, { onStatus: (status) => statuses.push(status) });
    for (const guild of [...servers.map(({ id }) => id), null]) {
      const call = discord.interact({ command: 'echo', options: { text: 'here' }, guild });
      expect((await call.answer()).content).toBe('here');
    }
    expect(statuses.at(-1)).toEqual({
      state: 'connected',
      servers: 2,
      shards: 2,
      connectedShards: 2,
    });
  });
});

describe('an interaction', () => {
  const plain = { application_id: '1', version: 1, token: 'raw', channel_id: '2', locale: 'pt-BR' };
  const command = {
    id: '3',
    name: 'echo',
    type: 1,
    options: [{ name: 'text', type: 3, value: 'a' }],
  };

  test.each([
    ['without entitlements and owners', { type: 2, data: command, user: { id: '9' } }],
    ['of a server without a member', { type: 2, data: command, guild_id: '7' }],
    ['of a menu without what it is on', { type: 2, data: { id: '3', name: 'x', type: 3 } }],
    ['with no data at all', { type: 2 }],
    ['of a kind that there is not yet', { type: 99, data: {} }],
  ])('%s ends nothing, and is answered', async (_, part) => {
    const { discord } = await running();
    discord.gateway.tell(null, 'INTERACTION_CREATE', { ...plain, id: '11', ...part });
    discord.gateway.tell(null, 'INTERACTION_CREATE', null);
    discord.gateway.tell(null, 'INTERACTION_CREATE', { id: 5, type: 'x', token: {} });
    // Discord does not know it, so that it refuses the answer; the bot goes on.
    await discord.until(() => (discord.count('callback', 404) > 0 ? true : undefined));
    expect((await echo(discord, 'on').answer()).content).toBe('on');
  });
});

describe.each(troubles)('%s', (_, fault) => {
  test('on the acknowledgement: the request is answered all the same, once', async () => {
    const { discord, worked } = await running();
    discord.fault('callback', fault, { times: 2 });
    const call = echo(discord, 'still');
    expect((await call.answer()).content).toBe('still');
    expect(worked).toHaveLength(1);
    expect(call.written()).toHaveLength(1);
  });

  test('on the answer: it comes in the end, once', async () => {
    const { discord, worked } = await running();
    discord.fault('editReply', fault, { times: 3 });
    const call = echo(discord, 'still');
    expect((await call.answer()).content).toBe('still');
    expect(worked).toHaveLength(1);
    expect(call.written()).toHaveLength(1);
  });

  test('on an apology that has to become private: it comes in the end', async () => {
    const { discord } = await running();
    discord.fault('deleteReply', fault, { times: 1 });
    discord.fault('followUp', fault, { times: 1 });
    expect(await discord.interact({ command: 'fail' }).answer()).toMatchObject({ private: true });
  });

  test('on everything that a start asks for: the bot starts', async () => {
    const discord = await discordForTest();
    discord.addServer();
    for (const endpoint of ['application', 'commands', 'overwriteCommands', 'gateway'] as const) {
      discord.fault(endpoint, fault, { times: 1 });
    }
    await botForTest(discord);
    expect((await echo(discord, 'up').answer()).content).toBe('up');
  });
});

describe.each(lost)('an answer of Discord lost to %s', (_, fault) => {
  test('on the acknowledgement is not taken for somebody else having answered', async () => {
    const { discord, worked } = await running();
    discord.fault('callback', fault, { times: 1 });
    expect((await echo(discord, 'mine').answer()).content).toBe('mine');
    expect(worked).toHaveLength(1);
    expect(discord.count('callback', 400)).toBe(1);
  });

  test('on a deletion is not taken for a failure', async () => {
    const { discord, log } = await running();
    discord.fault('deleteReply', fault, { times: 1 });
    expect(await discord.interact({ command: 'fail' }).answer()).toMatchObject({ private: true });
    expect(discord.count('deleteReply', 404)).toBe(1);
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

test('a request that another bot with this token answers is left to it', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const bots = [await botForTest(discord), await botForTest(discord)];
  const call = echo(discord, 'one of us');
  expect((await call.answer()).content).toBe('one of us');
  await discord.until(() => (discord.count('callback') === 2 ? true : undefined));
  expect(discord.count('callback', 400)).toBe(1);
  expect(bots.flatMap(({ worked }) => worked)).toHaveLength(1);
  expect(call.written()).toHaveLength(1);
});

test('a request that is too old to be acknowledged is not worked on, and the bot lives', async () => {
  let now = Date.now();
  const discord = await discordForTest({ clock: () => now });
  discord.addServer();
  const { worked } = await botForTest(discord);
  discord.gateway.drop();
  await discord.until(() => (discord.gateway.connected === 0 ? true : undefined));
  const late = echo(discord, 'late');
  now += 3_001;
  await discord.until(() => (discord.count('callback', 404) === 1 ? true : undefined));
  expect((await echo(discord, 'in time').answer()).content).toBe('in time');
  expect(late.written()).toEqual([]);
  expect(worked).toHaveLength(1);
});

test('a work that takes too long, and an answer that Discord does not take, end in an apology', async () => {
  const discord = await discordForTest();
  discord.addServer();
  await botForTest(discord, { clock: hurriedClock() });
  expect((await discord.interact({ command: 'slow' }).answer()).content).toMatch(/^Sorry/);
  const empty = await discord.interact({ command: 'echo', options: { text: ' ' } }).answer();
  expect(empty.content).toMatch(/^Sorry/);
});

test("an answer that the server's AutoMod blocks is told as that, to who asked", async () => {
  const discord = await discordForTest();
  discord.addServer();
  await botForTest(discord);
  discord.fault('editReply', { type: 'auto-mod' }, { times: 1 });
  const call = discord.interact({ command: 'echo', options: { text: 'a' }, locale: 'pt-BR' });
  expect(await call.answer()).toMatchObject({
    private: true,
    content: 'O AutoMod deste servidor bloqueou a minha resposta.',
  });
});

test('Discord in trouble for longer than an interaction lives: the bot gives up on it and lives', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const { log } = await botForTest(discord, { clock: hurriedClock() });
  for (const endpoint of ['editReply', 'deleteReply', 'followUp'] as const) {
    discord.fault(endpoint, { type: 'trouble', status: 503 });
  }
  const call = echo(discord, 'lost');
  await expect.poll(() => log.map(({ level }) => level)).toContain('error');
  expect(call.written()).toEqual([]);
  discord.faultless();
  expect((await echo(discord, 'found').answer()).content).toBe('found');
});
