import { once } from 'node:events';
import { createServer } from 'node:net';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findBot } from '../../src/store/bot-heartbeat.ts';
import { settledPosts } from '../../src/store/posts.ts';
import { findSchedule, setSchedule } from '../../src/store/schedules.ts';
import { firstOf, usualSchedule } from '../store/schedule-wish.ts';
import type { LoopbackDiscord } from '../support/discord/start.ts';
import { addNetwork, inStore } from './support/networks.ts';
import { leave, setUp as setUpProcess, startBot } from './support/process.ts';

/** With a network for a text of signs. */
async function setUp(variables: Readonly<Record<string, string>> = {}) {
  const made = await setUpProcess(variables);
  addNetwork(made.escriba.store, 'signs', 'ab\n@*');
  const write = (seed = 'ab', user = '4711') =>
    made.discord.interact({ command: 'write', options: { corpus: 'signs', seed }, user });
  return { ...made, write };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

function postsIn(discord: LoopbackDiscord, channel: string | undefined): string[] {
  return discord.world.messages.all
    .filter(({ channelId }) => channelId === channel)
    .map(({ content }) => content);
}

describe('the bot as a process', () => {
  test('answers commands and buttons on Discord, tells how to invite it, logs lines of JSON and no token, and leaves', async () => {
    const made = await setUp();
    const { discord, escriba, write } = made;
    const { child, output } = await startBot(made);
    const answer = await write('@everyone ab').answer();
    expect(answer.content).toMatch(
      /^\*\*\\@ab\*\*[\s\S]*\n-# Invented by a neural network, not from the text it learned \(LSTM 1 × 8/,
    );
    const again = discord.press(answer, answer.buttons[0]?.id ?? '');
    expect((await again.answer()).content).toMatch(/^\*\*\\@ab\*\*/);
    expect(discord.pings()).toEqual([]);
    expect(inStore(escriba.store, (store) => findBot(store, Date.now()))).toMatchObject({
      alive: true,
    });
    expect(await leave(child)).toBe(0);

    expect(output.stderr).toContain(`client_id=${discord.applicationId}`);
    const levels = output.stdout
      .trimEnd()
      .split('\n')
      .map((line) =>
        z.object({ level: z.string(), time: z.iso.datetime() }).parse(JSON.parse(line)),
      );
    expect(new Set(levels.map(({ level }) => level))).toEqual(new Set(['info']));
    const secret = discord.token.split('.').at(-1) ?? discord.token;
    expect(`${output.stdout}${output.stderr}`).not.toContain(secret);
    expect(inStore(escriba.store, (store) => findBot(store, Date.now()))).toBeUndefined();
  });

  test('tells how long answers took, and how many were told to wait', async () => {
    const made = await setUp();
    await startBot(made);
    for (let asked = 1; asked <= 6; asked++) await made.write().answer();
    const told = () => inStore(made.escriba.store, (store) => findBot(store, Date.now())?.info);
    await expect
      .poll(told, { timeout: 10_000 })
      .toMatchObject({ requests: 6, texts: 5, cooldowns: 1, failures: 0 });
    const { middle = -1, longest = -1 } = told()?.delays ?? {};
    expect(middle).toBeGreaterThanOrEqual(0);
    expect(longest).toBeGreaterThanOrEqual(middle);
    expect(longest).toBeLessThan(60_000);
  });

  test('is one to a store: a second refuses to start', async () => {
    const made = await setUp();
    await startBot(made);
    const { code, stderr } = await made.escriba.run('bot');
    expect(code).toBe(1);
    expect(stderr).toMatch(/bot is already running: process \d+/);
  });

  test("refuses the store of another application's bot, and takes it over where that is wanted", async () => {
    const made = await setUp();
    expect(await leave((await startBot(made)).child)).toBe(0);
    const other = await setUp({ ESCRIBA_DB: made.escriba.store });
    const { code, stderr } = await other.escriba.run('bot');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/belongs to another bot/)]);
    expect(other.discord.count('overwriteCommands')).toBe(0);
    await startBot(other, '--take-over');
  });

  test.each([
    ['none', '', 2],
    ['of another form', 'a-secret', 2],
    ['that Discord does not accept', 'c2VjcmV0.c2VjcmV0.dGhlLXNlY3JldC1wYXJ0', 2],
  ])('says what is wrong with a token: %s', async (_, token, expected) => {
    const { escriba } = await setUp({ DISCORD_TOKEN: token });
    const { code, stdout, stderr } = await escriba.run('bot');
    expect(code).toBe(expected);
    expect(stderr).toMatch(/Developer Portal/);
    if (token !== '') expect(`${stdout}${stderr}`).not.toContain(token.split('.').at(-1));
  });

  test('says how it is on loopback, where that was asked for', async () => {
    const made = await setUp();
    const port = await freePort();
    await startBot(made, '--health', String(port));
    const ask = async () => {
      const response = await fetch(`http://127.0.0.1:${port}/healthz`);
      return [response.status, await response.json()];
    };
    await expect.poll(ask).toEqual([200, { connected: true, beating: true }]);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(
      /^# HELP escriba_bot_connected [^\n]+\n# TYPE escriba_bot_connected gauge\nescriba_bot_connected 1$/m,
    );
    expect(metrics).toMatch(
      /^# TYPE escriba_bot_requests_total counter\nescriba_bot_requests_total 0$/m,
    );
    const status = async (...words: string[]) => {
      const { code, stdout } = await made.escriba.run('bot', '--status', ...words);
      return [code, stdout];
    };
    await expect
      // The bot's process tells how it is every two seconds.
      .poll(() => status(), { timeout: 15_000 })
      .toEqual([0, expect.stringMatching(/^On Discord, in 1 server, for [\s\S]*\n0 requests: /)]);
    const [, json = ''] = await status('--json');
    expect(JSON.parse(String(json))).toMatchObject({ running: true, connected: true, servers: 1 });
  });

  test('whose output nobody reads any more leaves as one that failed, so that a service starts it again', async () => {
    const { discord, escriba } = await setUp();
    const { child } = await startBot({ discord, escriba });
    const exit = once(child, 'exit');
    child.stdout.destroy();
    discord.gateway.drop();
    expect(await exit).toEqual([1, null]);
  });

  test('acknowledges and answers while another process holds the store, and writes down later', async () => {
    const made = await setUp();
    await startBot(made);
    await made.write().answer();
    const holder = new Database(made.escriba.store);
    onTestFinished(() => {
      holder.close();
    });
    const rows = () =>
      z
        .object({ rows: z.number() })
        .parse(holder.prepare('SELECT count(*) AS rows FROM exchanges').get()).rows;
    await expect.poll(rows).toBe(1);
    holder.exec('BEGIN IMMEDIATE');
    const calls = Array.from({ length: 20 }, (_, user) => made.write('ab', `${user}`));
    for (const call of calls) {
      expect((await call.acknowledged()).type).toBe(5);
      expect((await call.answer()).content).toMatch(/^\*\*ab\*\*/);
    }
    expect(rows()).toBe(1);
    holder.exec('COMMIT');
    await expect.poll(rows, { timeout: 10_000 }).toBe(21);
  });

  test('forgets a server that removes it, and one that it has missed for seven days', async () => {
    const made = await setUp();
    const { discord, escriba, server } = made;
    const other = discord.addServer();
    const kept = discord.addServer();
    inStore(escriba.store, (store) => {
      for (const guild of [server.id, other.id, kept.id]) {
        const wish = { guild, channel: '1', time: '08:00', zone: 'UTC', locale: 'en', setBy: '1' };
        const next = { day: '2999-01-01', due: Date.UTC(2999, 0, 1) };
        setSchedule(
          store,
          { ...wish, book: 'bible', kind: 'real', ...usualSchedule },
          next,
          Date.now(),
        );
      }
    });
    discord.removeServer(other.id);
    inStore(escriba.store, (store) => {
      const eightDaysAgo = Date.now() - 8 * 24 * 60 * 60_000;
      store.write('UPDATE guilds SET gone = @eightDaysAgo WHERE id = @id', {
        eightDaysAgo,
        id: other.id,
      });
    });
    await startBot(made);
    const scheduled = () =>
      inStore(escriba.store, (store) =>
        [server, other, kept].map(({ id }) => findSchedule(store, firstOf(id)) !== undefined),
      );
    await expect.poll(scheduled, { timeout: 10_000 }).toEqual([true, false, true]);
    discord.removeServer(server.id);
    await expect.poll(scheduled, { timeout: 10_000 }).toEqual([false, false, true]);
  });
});

test('a text that somebody asked for in a server without the bot keeps its buttons through a restart', async () => {
  const made = await setUp();
  const { discord, escriba } = made;
  const elsewhere = discord.addServer({ installed: false });
  const { child } = await startBot(made);
  const options = { corpus: 'signs', seed: 'ab' };
  const answer = await discord
    .interact({ command: 'write', options, guild: elsewhere.id, user: '4711' })
    .answer();
  await leave(child);
  const { child: second } = await startBot(made);
  // The first beats come after it has forgotten the servers that are gone.
  const beats = () => inStore(escriba.store, (store) => findBot(store, Date.now())?.info.servers);
  await expect.poll(beats, { timeout: 10_000 }).toBe(1);
  const again = discord.press(answer, answer.buttons[0]?.id ?? '', { user: '4711' });
  expect((await again.answer()).content).toMatch(/^\*\*ab\*\*/);
  expect(await leave(second)).toBe(0);
});

describe('a daily post', () => {
  /** A schedule of the server's channel that is due since a second. */
  async function due() {
    const made = await setUp();
    const { escriba, server } = made;
    const channel = server.channels[0]?.id ?? '';
    inStore(escriba.store, (store) => {
      const at = Date.now() - 1000;
      const wish = { guild: server.id, channel, zone: 'UTC', locale: 'en', setBy: '1' };
      const time = new Date(at).toISOString().slice(11, 16);
      const next = { day: new Date(at).toISOString().slice(0, 10), due: at };
      setSchedule(
        store,
        { ...wish, time, book: 'bible', kind: 'real', ...usualSchedule },
        next,
        at,
      );
    });
    const settled = () =>
      inStore(escriba.store, (store) =>
        settledPosts(store, firstOf(server.id), 9).map(({ state }) => state),
      );
    return { ...made, channel, settled };
  }

  test('of a process that is killed between the claim and the post is made by the next, once', async () => {
    const made = await due();
    const { discord, channel, settled } = made;
    discord.fault('post', { type: 'slow', milliseconds: 60_000 });
    const { child } = await startBot(made);
    await expect
      .poll(
        () =>
          inStore(made.escriba.store, (store) =>
            store.row("SELECT 1 FROM posts WHERE state = 'claimed'"),
          ),
        { timeout: 20_000 },
      )
      .toBeDefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(postsIn(discord, channel)).toEqual([]);
    discord.faultless();
    await startBot(made);
    await expect.poll(settled, { timeout: 20_000 }).toEqual(['sent']);
    expect(postsIn(discord, channel)).toEqual([
      expect.stringMatching(/^\*\*Verse of the day\*\* · /),
    ]);
  });

  test('of a process that is killed after the post, before it knows, is not made twice', async () => {
    const made = await due();
    const { discord, channel, settled } = made;
    discord.fault('post', { type: 'trouble', status: 504, done: true });
    const { child } = await startBot(made);
    await expect.poll(() => postsIn(discord, channel).length, { timeout: 20_000 }).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    discord.faultless();
    await startBot(made);
    await expect.poll(settled, { timeout: 20_000 }).toEqual(['sent']);
    expect(postsIn(discord, channel)).toHaveLength(1);
  });
});
