import { describe, expect, test } from 'vitest';
import type { Fault } from '../../support/discord/faults.ts';
import { botForTest, discordForTest, hurriedClock } from './bot.ts';

async function running(options?: Parameters<typeof botForTest>[1]) {
  let ahead = 0;
  const discord = await discordForTest({ clock: () => Date.now() + ahead });
  const server = discord.addServer({
    channels: [
      { name: 'general' },
      { name: 'verses', type: 'announcement' },
      { name: 'talk', type: 'forum' },
    ],
  });
  const bot = await botForTest(discord, options);
  const [general, verses, forum] = server.channels.map(({ id }) => id);
  if (general === undefined || verses === undefined || forum === undefined)
    throw new Error('no channels');
  const pass = (milliseconds: number) => {
    ahead += milliseconds;
  };
  return { discord, server, general, verses, forum, pass, poster: bot.connection.poster };
}

describe('post', () => {
  test('posts once however often it is tried with its nonce, while Discord remembers it', async () => {
    const { discord, verses, poster, pass } = await running();
    const text = 'Genesis 1:1 @everyone';
    const first = await poster.post(verses, { text }, 'day-1');
    pass(299_000);
    expect(await poster.post(verses, { text }, 'day-1')).toEqual(first);
    pass(2_000);
    expect(await poster.post(verses, { text }, 'day-1')).not.toEqual(first);
    expect(discord.world.messages.in(verses)).toHaveLength(2);
    expect(discord.pings()).toEqual([]);
  });

  const passing: readonly (readonly [string, Fault])[] = [
    ['503', { type: 'trouble', status: 503 }],
    ['429', { type: 'rate-limit', retryAfterSeconds: 0.1 }],
    ['a reset', { type: 'reset' }],
    ['a reset after it was posted', { type: 'reset', done: true }],
    ['504 after it was posted', { type: 'trouble', status: 504, done: true }],
  ];
  test.each(passing)('posts once through %s', async (_, fault) => {
    const { discord, verses, poster } = await running();
    discord.fault('post', fault, { times: 4 });
    expect(await poster.post(verses, { text: 'verse' }, '1')).toMatchObject({ type: 'sent' });
    expect(discord.world.messages.in(verses)).toHaveLength(1);
  });

  test('says that it is refused where the channel is gone or forbidden', async () => {
    const { discord, general, verses, poster } = await running();
    discord.deny(verses, ['send-messages']);
    discord.deleteChannel(general);
    expect(await poster.post(verses, { text: 'a' }, '1')).toEqual({
      type: 'refused',
      why: 'no-permission',
      reason: 'Missing Permissions',
    });
    expect(await poster.post(general, { text: 'a' }, '2')).toEqual({
      type: 'refused',
      why: 'channel-gone',
      reason: 'Unknown Channel',
    });
  });

  test("says that it is refused where the server's AutoMod blocks it", async () => {
    const { discord, verses, poster } = await running();
    discord.fault('post', { type: 'auto-mod' });
    expect(await poster.post(verses, { text: 'a' }, '1')).toMatchObject({
      ...{ type: 'refused', why: 'auto-mod' },
    });
  });

  test('says that it is not sure where Discord does not answer, nor in a while', async () => {
    const { discord, verses, poster } = await running({ clock: hurriedClock() });
    discord.fault('post', { type: 'trouble', status: 503 });
    expect(await poster.post(verses, { text: 'a' }, '1')).toMatchObject({ type: 'unsure' });
    discord.faultless();
    discord.fault('post', { type: 'rate-limit', retryAfterSeconds: 3_600 });
    expect(await poster.post(verses, { text: 'a' }, '2')).toMatchObject({ type: 'unsure' });
  });
});

test('a post notifies the one role that it is for, and nobody else that it mentions', async () => {
  const { discord, verses, poster } = await running();
  const text = '<@&4711> <@&4712> <@4713> @everyone';
  await poster.post(verses, { text, mention: '4711' }, '1');
  expect(discord.pings()).toEqual(['<@&4711>']);
});

test('a post of an announcement channel goes to those that follow it, once', async () => {
  const { discord, general, verses, poster } = await running({ clock: hurriedClock() });
  const sent = await poster.post(verses, { text: 'a' }, '1');
  const id = sent.type === 'sent' ? sent.messageId : '';
  discord.fault('publish', { type: 'trouble', status: 503, done: true }, { times: 1 });
  expect(await poster.publish(verses, id)).toBeNull();
  expect(discord.world.messages.in(verses).map(({ published }) => published)).toEqual([true]);
  const other = await poster.post(general, { text: 'a' }, '2');
  const otherId = other.type === 'sent' ? other.messageId : '';
  expect(await poster.publish(general, otherId)).toMatch(/on this channel type/);
});

describe('in a forum', () => {
  const picture = { png: new Uint8Array([1]), alt: 'a page' };

  test('a post begins a thread of its title, and is found again by its text', async () => {
    const { discord, forum, poster, pass } = await running();
    expect([poster.remembersNonces(forum), poster.remembersNonces('1')]).toEqual([false, true]);
    await poster.post(forum, { text: 'long ago', title: 'x' }, '1');
    pass(24 * 3_600_000);
    const since = discord.world.clock();
    const sent = await poster.post(
      forum,
      { text: 'a verse', title: 'y'.repeat(120), picture },
      '2',
    );
    const thread = discord.world.threads.at(-1);
    expect(sent).toEqual({ type: 'sent', messageId: thread?.id, thread: thread?.id });
    expect(thread?.name).toBe(`${'y'.repeat(99)}…`);
    expect(discord.world.messages.in(thread?.id ?? '')).toMatchObject([
      { content: 'a verse', attachments: [{ description: 'a page' }] },
    ]);
    expect(await poster.ownPosts(forum, since)).toEqual([
      { messageId: thread?.id, thread: thread?.id, text: 'a verse' },
    ]);
  });

  test.each<Fault>([
    { type: 'trouble', status: 503, done: true },
    { type: 'reset', done: true },
  ])('a post is not tried a second time where it may be there: %j', async (fault) => {
    const { discord, forum, poster } = await running();
    discord.fault('beginThread', fault, { times: 1 });
    expect(await poster.post(forum, { text: 'a', title: 'a' }, '1')).toMatchObject({
      type: 'unsure',
    });
    expect(discord.world.threads).toHaveLength(1);
  });
});

test('in a thread a post is made, found again, and refused once the thread is closed', async () => {
  const { discord, general, poster } = await running();
  const thread = discord.world.addThread(discord.world.channel(general), 'verses', '4711');
  const since = discord.world.clock();
  const post = () => poster.post(thread.id, { text: 'a verse' }, '1');
  const first = await post();
  expect(await post()).toEqual(first);
  expect(await poster.ownPosts(thread.id, since)).toMatchObject([{ text: 'a verse' }]);
  if (thread.thread) thread.thread.closed = true;
  expect(await post()).toMatchObject({ type: 'refused', why: 'thread-closed' });
  discord.deny(general, ['send-messages-in-threads']);
  expect(await post()).toMatchObject({ type: 'refused', why: 'no-permission' });
});

describe('ownPosts', () => {
  test('finds what the bot posted since then among what others wrote', async () => {
    const { discord, verses, poster, pass } = await running();
    await poster.post(verses, { text: 'yesterday' }, '1');
    pass(24 * 3_600_000);
    const since = discord.world.clock();
    await poster.post(verses, { text: 'today' }, '2');
    for (let n = 0; n < 250; n++) discord.write(verses, `talk ${n}`);
    await poster.post(verses, { text: 'later' }, '3');
    const posts = await poster.ownPosts(verses, since);
    expect(posts?.map(({ text }) => text)).toEqual(['today', 'later']);
  });

  test('cannot tell where the bot may not read, nothing answers, or too much was written', async () => {
    const { discord, general, verses, poster } = await running();
    discord.deny(verses, ['read-message-history']);
    await expect.poll(() => poster.ownPosts(verses, Date.now())).toBeNull();
    expect(await poster.ownPosts('123456789012345678', Date.now())).toBeNull();
    discord.fault('history', { type: 'trouble', status: 500 }, { times: 4 });
    expect(await poster.ownPosts(general, Date.now())).toBeNull();
    expect(await poster.ownPosts(general, Date.now())).toEqual([]);
    for (let n = 0; n < 1_001; n++) discord.write(general, 'talk');
    expect(await poster.ownPosts(general, Date.now())).toBeNull();
  });
});

describe('tell', () => {
  test('writes to the system channel, else to the person, else says that nobody was told', async () => {
    const { discord, server, general, poster } = await running();
    expect(await poster.tell(server.id, '4711', 'paused')).toBe(true);
    expect(discord.world.messages.in(general).map(({ content }) => content)).toEqual(['paused']);
    discord.deny(general, ['send-messages']);
    expect(await poster.tell(server.id, '4711', 'paused again')).toBe(true);
    const { id } = discord.world.privateChannel('4711');
    expect(discord.world.messages.in(id).map(({ content }) => content)).toEqual(['paused again']);
    discord.world.unreachable.add('4712');
    expect(await poster.tell(server.id, '4712', 'paused')).toBe(false);
  });
});
