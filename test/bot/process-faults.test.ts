import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { claimPost, settledPosts } from '../../src/store/posts.ts';
import { findSchedule, type Schedule, setSchedule } from '../../src/store/schedules.ts';
import { firstOf, usualSchedule } from '../store/schedule-wish.ts';
import type { Endpoint, Fault } from '../support/discord/faults.ts';
import type { InteractionHandle } from '../support/discord/handles.ts';
import { addNetwork, inStore } from './support/networks.ts';
import { leave, setUp as setUpProcess, startBot, type Variables } from './support/process.ts';

const manager = { permissions: ['manage-server'] as const };

/** With a network that writes at once, and one that takes seconds for a text. */
async function setUp(variables: Variables = {}, inOneServer = false) {
  const made = await setUpProcess(variables, inOneServer);
  addNetwork(made.escriba.store, 'quick', 'ab\n');
  const slow = addNetwork(made.escriba.store, 'slow', 'ab ', { hidden: 1024 });
  const write = (corpus: 'quick' | 'slow', user = '4711') =>
    made.discord.interact({ command: 'write', options: { corpus, seed: 'ab' }, user });
  /** Three people's texts that are being written. */
  const underWay = async () => {
    const calls = ['1', '2', '3'].map((user) => write('slow', user));
    for (const call of calls) await call.acknowledged();
    expect(calls.flatMap((call) => call.written())).toEqual([]);
    return calls;
  };
  return { ...made, slow, write, underWay };
}

async function answersTo(calls: readonly InteractionHandle[]): Promise<string[]> {
  const answers = await Promise.all(calls.map((call) => call.answer()));
  return answers.map(({ content }) => content);
}

const text = expect.stringMatching(/^\*\*ab\*\*[\s\S]*\n-# Invented by a neural network/);
const apology = expect.stringMatching(/^Sorry/);

describe('texts that are being written', () => {
  test('come although the gateway drops, and so does what is asked before it is back', async () => {
    const made = await setUp();
    const { gateway } = made.discord;
    const { child } = await startBot(made);
    const calls = await made.underWay();
    gateway.drop();
    await made.discord.until(() => (gateway.connected === 0 ? true : undefined));
    const meanwhile = made.write('quick');
    expect(await answersTo([...calls, meanwhile])).toEqual([text, text, text, text]);
    expect(gateway.counts).toMatchObject({ connections: 2, identifies: 1, resumes: 1 });
    expect(await leave(child)).toBe(0);
  });

  test('are apologized for when the thread that writes them dies, and the next one is written', async () => {
    const made = await setUp({ NODE_OPTIONS: `--import ${killThreadsOnSignal}` });
    const { child } = await startBot(made);
    const calls = await made.underWay();
    child.kill('SIGUSR2');
    expect(await answersTo(calls)).toEqual([apology, apology, apology]);
    expect(await answersTo([made.write('quick'), made.write('slow')])).toEqual([text, text]);
    expect(await leave(child)).toBe(0);
  });

  test('come although their checkpoint is deleted; the next request is told, or served by another', async () => {
    const made = await setUp();
    const { child } = await startBot(made);
    const calls = await made.underWay();
    expect(await made.escriba.run('delete', String(made.slow), '--yes')).toMatchObject({ code: 0 });
    expect(await answersTo(calls)).toEqual([text, text, text]);
    const [refusal] = await answersTo([made.write('slow')]);
    expect(refusal).toBe('No network has learned a text called "slow". There are: quick.');
    addNetwork(made.escriba.store, 'slow', 'ab ');
    expect(await answersTo([made.write('slow')])).toEqual([text]);
    expect(await leave(child)).toBe(0);
  });
});

test('whatever is asked while another process holds the store for four seconds is answered', async () => {
  const made = await setUp();
  const { discord, server, write } = made;
  const { child } = await startBot(made);
  const before = await write('quick').answer();
  const holder = new Database(made.escriba.store);
  onTestFinished(() => {
    holder.close();
  });
  holder.exec('BEGIN IMMEDIATE');
  const released = new Promise((resolve) => setTimeout(resolve, 4_000)).then(() => {
    holder.exec('COMMIT');
  });
  const channel = { channel: server.channels[0]?.id ?? '' };
  const daily = (subcommand: string, options = {}) =>
    discord.interact({ ...manager, command: 'daily', subcommand, options });
  const set = daily('set', {
    channel,
    time: '08:30',
    timezone: 'UTC',
    book: 'bible',
    kind: 'real',
  });
  const calls = [
    write('quick'),
    discord.press(before, before.buttons[0]?.id ?? '', { user: '2' }),
    discord.interact({ command: 'whose', options: { text: 'abba' }, user: '3' }),
    discord.interact({ command: 'model' }),
    daily('show'),
  ];
  expect(await answersTo(calls)).toEqual([
    text,
    text,
    expect.stringMatching(/^Hard to tell/),
    expect.stringMatching(/^\*\*The text "quick"\*\*/),
    expect.stringMatching(/^There is no daily post here/),
  ]);
  expect(holder.inTransaction).toBe(true);
  expect(set.written()).toEqual([]);
  await released;
  expect((await set.answer()).content).toMatch(/^From now on I'll post/);
  expect(await leave(child)).toBe(0);
});

test('the bot leaves in peace although another process holds the store, and the next takes its place', async () => {
  const made = await setUp();
  const { child, output } = await startBot(made);
  const holder = new Database(made.escriba.store);
  onTestFinished(() => {
    holder.close();
  });
  holder.exec('BEGIN IMMEDIATE');
  expect(await leave(child)).toBe(0);
  expect(output.stdout).toContain('could not be given up');
  holder.exec('COMMIT');
  const { child: next } = await startBot(made);
  expect(await leave(next)).toBe(0);
});

describe.each([
  ['everywhere', false, ['commands', 'overwriteCommands']],
  ['in one server', true, ['serverCommands', 'overwriteServerCommands']],
] as const)('registered %s', (_, inOneServer, registering) => {
  test('the bot does all it is asked to through 429, 5xx and resets of every endpoint, and tells no token', async () => {
    const faults: readonly Fault[] = [
      { type: 'trouble', status: 503 },
      { type: 'rate-limit', retryAfterSeconds: 0.1 },
      { type: 'reset' },
    ];
    const starting: readonly Endpoint[] = ['application', 'gateway', ...registering];
    const answering: readonly Endpoint[] = ['callback', 'editReply', 'deleteReply', 'followUp'];
    const posting: readonly Endpoint[] = ['post', 'history', 'privateChannel'];
    const made = await setUp({ DEBUG: '1' }, inOneServer);
    const { discord, escriba, write } = made;
    const trouble = (endpoints: readonly Endpoint[]) => {
      discord.faultless();
      for (const endpoint of endpoints) {
        for (const fault of faults) discord.fault(endpoint, fault, { times: 1 });
      }
    };
    const [quiet, told] = [discord.addServer(), discord.addServer({ systemChannel: null })];
    const claimed = schedule(escriba.store, quiet.id, quiet.channels[0]?.id ?? '');
    inStore(escriba.store, (store) => {
      // Eight minutes ago, so that the channel is looked through for it.
      const post = { text: 'a verse', nonce: '1' };
      claimPost(store, claimed, post, { day: '2999-01-01', due: never }, Date.now() - 8 * 60_000);
    });
    schedule(escriba.store, told.id, '4712');
    inStore(escriba.store, (store) =>
      store.write('UPDATE schedules SET refusals = 2 WHERE guild = @guild', { guild: told.id }),
    );

    trouble([...starting, ...posting]);
    const { child, output } = await startBot(made);
    const states = (guild: string) =>
      inStore(escriba.store, (store) =>
        settledPosts(store, firstOf(guild), 9).map(({ state }) => state),
      );
    await expect.poll(() => states(quiet.id), { timeout: 30_000 }).toEqual(['sent']);
    await expect
      .poll(() => discord.world.messages.in(discord.world.privateChannel('4711').id).length, {
        timeout: 30_000,
      })
      .toBe(1);

    trouble(answering);
    const first = await write('quick').answer();
    expect(first.content).toEqual(text);
    trouble(answering);
    expect(await answersTo([discord.press(first, first.buttons[0]?.id ?? '')])).toEqual([text]);
    trouble(answering);
    const refused = await discord.interact({ command: 'bible' }).answer();
    expect(refused).toMatchObject({ private: true });
    trouble(answering);
    const typed = { command: 'write', focused: 'corpus', options: { corpus: 'qu' } };
    expect(await discord.complete(typed)).toEqual([{ name: 'quick', value: 'quick' }]);
    trouble(answering);
    discord.press(first, first.buttons[3]?.id ?? '', { user: '4711' });
    await discord.until(() => (first.deleted ? true : undefined));
    discord.faultless();
    expect(await answersTo([write('quick')])).toEqual([text]);
    expect(await leave(child)).toBe(0);

    for (const endpoint of [...starting, ...answering, ...posting]) {
      for (const status of [503, 429, 0]) {
        expect([endpoint, status, discord.count(endpoint, status) > 0]).toEqual([
          endpoint,
          status,
          true,
        ]);
      }
    }
    const secret = discord.token.split('.').at(-1) ?? discord.token;
    expect(`${output.stdout}${output.stderr}`).not.toContain(secret);
    expect(`${output.stdout}${output.stderr}`).not.toContain('interaction-token');
  });
});

const never = Date.UTC(2999, 0, 1);

/** A schedule of real verses that is due since a second. */
function schedule(path: string, guild: string, channel: string): Schedule {
  const at = Date.now() - 1000;
  const next = { day: new Date(at).toISOString().slice(0, 10), due: at };
  const time = new Date(at).toISOString().slice(11, 16);
  const wish = { guild, channel, time, zone: 'UTC', locale: 'en', setBy: '4711' };
  return inStore(path, (store) => {
    setSchedule(store, { ...wish, book: 'bible', kind: 'real', ...usualSchedule }, next, at);
    const set = findSchedule(store, firstOf(guild));
    if (!set) throw new Error('no schedule');
    return set;
  });
}

/** Has the threads of a process die of a message that they cannot read, when it gets the signal. */
const killThreadsOnSignal = `data:text/javascript,${encodeURIComponent(`
  const threads = [];
  process.on('worker', (thread) => threads.push(thread));
  process.on('SIGUSR2', () => threads.splice(0).forEach((thread) => thread.postMessage(null)));
`)}`;
