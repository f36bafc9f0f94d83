import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type LoopbackDiscord, startDiscord } from './start.ts';

let now = Date.UTC(2026, 0, 1);
let discord: LoopbackDiscord;
let socket: WebSocket;

beforeEach(async () => {
  discord = await startDiscord({ clock: () => now });
  discord.addServer();
  socket = new WebSocket(discord.gateway.address().url);
  const properties = { os: 'a', browser: 'b', device: 'c' };
  const d = { token: discord.token, intents: 1, properties };
  socket.on('open', () => socket.send(JSON.stringify({ op: 2, d })));
  await discord.connected();
});
afterEach(async () => {
  socket.terminate();
  await discord.stop();
});

/** A request as a bot without any library would make it. */
async function ask(method: string, path: string, body?: object, token = discord.token) {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bot ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? null : JSON.parse(text);
  return { status: response.status, code: answer?.code, answer, headers: response.headers };
}

/** A command that waits for its answer, and the paths that answer it. */
function called() {
  discord.interact({ command: 'echo' });
  const interaction = discord.world.interactions.all.at(-1);
  const { id, token } = interaction ?? { id: '', token: '' };
  return {
    callback: `/interactions/${id}/${token}/callback`,
    webhook: `/webhooks/${discord.applicationId}/${token}`,
    original: `/webhooks/${discord.applicationId}/${token}/messages/@original`,
  };
}

const deferred = { type: 5 };
const channel = () => [...discord.world.servers.values()][0]?.channels[0]?.id ?? '';

describe('an interaction', () => {
  test('is acknowledged within three seconds, once', async () => {
    const { callback } = called();
    now += 3_000;
    expect(await ask('POST', callback, deferred)).toMatchObject({ status: 204 });
    expect(await ask('POST', callback, deferred)).toMatchObject({ status: 400, code: 40060 });
    const late = called();
    now += 3_001;
    expect(await ask('POST', late.callback, deferred)).toMatchObject({ status: 404, code: 10062 });
  });

  test('is answered after its acknowledgement and within fifteen minutes', async () => {
    const { callback, original } = called();
    const edit = { content: 'done' };
    expect(await ask('PATCH', original, edit)).toMatchObject({ status: 404, code: 10015 });
    await ask('POST', callback, deferred);
    now += 15 * 60_000;
    expect(await ask('PATCH', original, edit)).toMatchObject({ status: 200 });
    now += 1;
    expect(await ask('PATCH', original, edit)).toMatchObject({ status: 401, code: 50027 });
  });

  test('takes the first follow-up for its deferred answer, whose privacy it keeps', async () => {
    const { callback, webhook, original } = called();
    await ask('POST', callback, deferred);
    await ask('POST', webhook, { content: 'first', flags: 64 });
    await ask('POST', webhook, { content: 'second', flags: 64 });
    expect(discord.world.messages.all).toMatchObject([
      { content: 'first', private: false },
      { content: 'second', private: true },
    ]);
    expect(await ask('DELETE', original)).toMatchObject({ status: 204 });
    expect(await ask('PATCH', original, { content: 'x' })).toMatchObject({ code: 10008 });
  });

  test.each([
    ['a press can be', { type: 6 }],
    ['a completion is', { type: 8, data: { choices: [] } }],
    ['nothing is', { type: 99 }],
  ])('is not answered as %s', async (_, body) => {
    expect(await ask('POST', called().callback, body)).toMatchObject({ status: 400, code: 50035 });
  });
});

describe('a message', () => {
  const button = { type: 2, style: 1, label: 'Again', custom_id: 'again' };
  const row = (components: object[]) => ({ content: 'x', components: [{ type: 1, components }] });

  test.each<readonly [string, object]>([
    ['of 2,001 characters', { content: 'a'.repeat(2_001) }],
    [
      'with six buttons in a row',
      row([1, 2, 3, 4, 5, 6].map((n) => ({ ...button, custom_id: `${n}` }))),
    ],
    ['with a button twice', row([button, button])],
    ['with a button without a label', row([{ ...button, label: '' }])],
    ['with a label of 81 characters', row([{ ...button, label: 'a'.repeat(81) }])],
    ['with a button id of 101 characters', row([{ ...button, custom_id: 'a'.repeat(101) }])],
    ['with a file that is not there', { content: 'x', attachments: [{ id: '0', filename: 'x' }] }],
    ['with a nonce of 26 characters', { content: 'x', nonce: 'a'.repeat(26) }],
    ['that is private in a channel', { content: 'x', flags: 64 }],
    ['that mentions in an unknown way', { content: 'x', allowed_mentions: { parse: ['all'] } }],
  ])('%s is refused', async (_, body) => {
    const path = `/channels/${channel()}/messages`;
    expect(await ask('POST', path, body)).toMatchObject({ status: 400, code: 50035 });
    expect(discord.world.messages.all).toEqual([]);
  });

  test('that is empty, or written by nobody it knows, is refused', async () => {
    const path = `/channels/${channel()}/messages`;
    expect(await ask('POST', path, { content: ' \n' })).toMatchObject({ code: 50006 });
    expect(await ask('POST', path, { content: 'x' }, 'a.b.c')).toMatchObject({ status: 401 });
    expect(await ask('POST', '/channels/1/messages', { content: 'x' })).toMatchObject({
      code: 10003,
    });
  });

  test('pings whom it names, unless it says that it does not', async () => {
    const path = `/channels/${channel()}/messages`;
    const content = '@everyone <@1> <@&2>';
    await ask('POST', path, { content, allowed_mentions: { parse: [] } });
    expect(discord.pings()).toEqual([]);
    await ask('POST', path, { content, allowed_mentions: { parse: ['roles'], users: ['1'] } });
    expect(discord.pings()).toEqual(['<@1>', '<@&2>']);
    await ask('POST', path, { content });
    expect(discord.pings().slice(2)).toEqual(['@everyone', '<@1>', '<@&2>']);
  });

  test('is posted five times in five seconds, and then told how long to wait', async () => {
    const path = `/channels/${channel()}/messages`;
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await ask('POST', path, { content: 'x' }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
      '4',
      '3',
      '2',
      '1',
      '0',
      '0',
    ]);
    expect(answers.at(-1)?.answer.retry_after).toBeGreaterThan(0);
  });
});

test.each<readonly [string, object]>([
  ['of a name in capitals', { name: 'Bible', description: 'x' }],
  ['without a description', { name: 'bible', description: '' }],
  [
    'that asks for what is required after what is not',
    {
      name: 'bible',
      description: 'x',
      options: [
        { type: 3, name: 'a', description: 'x' },
        { type: 3, name: 'b', description: 'x', required: true },
      ],
    },
  ],
  ['twice', { name: 'echo', description: 'x' }],
])('a command %s is refused', async (_, command) => {
  const path = `/applications/${discord.applicationId}/commands`;
  const echo = { name: 'echo', description: 'x' };
  expect(await ask('PUT', path, [echo, command])).toMatchObject({ status: 400, code: 50035 });
  expect(discord.world.commands.in(null)).toEqual([]);
});
