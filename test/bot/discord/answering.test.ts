import { describe, expect, test } from 'vitest';
import type { MessageReply } from '../../../bot/core/reply.ts';
import { botForTest, discordForTest, hurriedClock } from './bot.ts';

const message: MessageReply = { type: 'message', private: false, text: 'new' };
const buttons = [{ id: 'silent:!', label: 'Press', style: 'primary' }] as const;

async function running(options?: Parameters<typeof botForTest>[1]) {
  const discord = await discordForTest();
  discord.addServer();
  const bot = await botForTest(discord, options);
  return { discord, ...bot };
}

describe('a command', () => {
  test('is acknowledged before it is worked on, and answered in the acknowledged message', async () => {
    const { discord, gate, worked } = await running();
    const call = discord.interact({ command: 'slow', user: '4711' });
    expect(await call.acknowledged()).toMatchObject({ type: 5, private: false });
    await expect.poll(() => worked.length).toBe(1);
    expect(call.written()).toEqual([]);
    gate.open();
    expect(await call.answer()).toMatchObject({ content: 'slowly to 4711', private: false });
    expect(discord.world.messages.all).toHaveLength(1);
  });

  test('that has to wait says for how long where the answer comes', async () => {
    const { discord, gate } = await running({ notice: 'about 20 seconds' });
    const call = discord.interact({ command: 'slow', user: '4711' });
    expect(await call.acknowledged()).toMatchObject({ type: 4, private: false });
    const shown = await call.answer();
    expect(shown.content).toBe('about 20 seconds');
    gate.open();
    await discord.until(() => (shown.content === 'slowly to 4711' ? true : undefined));
    expect(discord.world.messages.all).toHaveLength(1);
  });

  test('gets its options by their types', async () => {
    const { discord, worked } = await running();
    const call = discord.interact({ command: 'echo', options: { text: '12,', times: 3 } });
    expect((await call.answer()).content).toBe('12,12,12,');
    expect(worked[0]).toMatchObject({ options: { text: '12,', times: 3 } });
  });

  test('knows who asks, where, and in which language', async () => {
    const { discord, worked } = await running();
    const server = discord.addServer({ channels: [{ name: 'quiet', denied: ['attach-files'] }] });
    const call = discord.interact({
      command: 'echo',
      options: { text: 'a' },
      user: '4711',
      guild: server.id,
      locale: 'pt-BR',
      permissions: ['manage-messages'],
    });
    await call.answer();
    expect(worked[0]).toMatchObject({
      id: call.id,
      locale: 'pt-BR',
      asker: { userId: '4711', mayManageServer: false, mayManageMessages: true },
      place: {
        guildId: server.id,
        channelId: server.channels[0]?.id,
        isInstalled: true,
        language: null,
      },
    });
  });

  test('knows the language of a community, and that other servers have none', async () => {
    const { discord, worked } = await running();
    for (const language of ['pt-BR', 'en-US', 'es-ES']) {
      const { id } = discord.addServer({ language });
      await discord.interact({ command: 'echo', options: { text: 'a' }, guild: id }).answer();
    }
    expect(worked.map(({ place }) => place.language)).toEqual(['pt-BR', 'en', 'en']);
  });

  test('works in private messages, where nobody manages anything', async () => {
    const { discord, worked } = await running();
    const call = discord.interact({
      command: 'echo',
      options: { text: 'a' },
      guild: null,
      locale: 'fr',
    });
    expect((await call.answer()).content).toBe('a');
    expect(worked[0]).toMatchObject({
      locale: 'en',
      asker: { mayManageMessages: false },
      place: { guildId: null },
    });
  });

  test('that fails ends in an apology that the asker alone sees, in their language', async () => {
    const { discord, failures } = await running();
    const call = discord.interact({ command: 'fail', locale: 'pt-BR' });
    const answer = await call.answer();
    expect(answer).toMatchObject({ private: true });
    expect(answer.content).toMatch(/^Desculpe/);
    expect(failures).toMatchObject([{ message: 'the worker died' }]);
    expect(discord.world.messages.all.filter(({ deleted }) => !deleted)).toEqual([answer]);
  });

  test('that is acknowledged privately is answered privately', async () => {
    const { discord } = await running({ say: () => message });
    const call = discord.interact({ command: 'whisper' });
    expect(await call.acknowledged()).toMatchObject({ type: 5, private: true });
    expect(await call.answer()).toMatchObject({ content: 'new', private: true });
  });

  test('that is turned away is answered at once, privately, and not worked on', async () => {
    const { discord, worked } = await running({
      admit: () => ({ type: 'message', private: true, text: 'in 5 seconds' }),
    });
    const call = discord.interact({ command: 'echo', options: { text: 'a' } });
    expect(await call.acknowledged()).toMatchObject({ type: 4, private: true });
    expect((await call.answer()).content).toBe('in 5 seconds');
    expect(worked).toEqual([]);
  });

  test.each([
    ['private messages', { guild: null }, /only works in servers/],
    [
      'a call without what it needs',
      { permissions: ['manage-server'] as const },
      /`channel` is missing/,
    ],
  ])('for those who manage a server refuses %s', async (_, somebody, words) => {
    const { discord } = await running();
    const call = discord.interact({ command: 'daily', subcommand: 'set', ...somebody });
    expect(await call.acknowledged()).toMatchObject({ type: 4, private: true });
    expect((await call.answer()).content).toMatch(words);
  });

  test('is told what the bot lacks in a channel', async () => {
    const { discord } = await running();
    const server = discord.addServer({
      channels: [{ name: 'here' }, { name: 'there', denied: ['send-messages', 'attach-files'] }],
    });
    const [, there] = server.channels;
    const set = async () => {
      const call = discord.interact({
        command: 'daily',
        subcommand: 'set',
        guild: server.id,
        options: { channel: { channel: there?.id ?? '' } },
        permissions: ['manage-server'],
      });
      return JSON.parse((await call.answer()).content).channel;
    };
    expect(await set()).toEqual({
      id: there?.id,
      name: 'there',
      kind: 'text',
      missing: ['send-messages', 'attach-files'],
    });
    discord.deny(there?.id ?? '', []);
    expect(await set()).toMatchObject({ missing: [] });
  });

  test('shows buttons and a picture with its words for who cannot see it', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47]);
    const { discord } = await running({
      say: () => ({ ...message, buttons, picture: { png, alt: 'a curve that falls' } }),
    });
    const answer = await discord.interact({ command: 'say' }).answer();
    expect(answer.buttons).toEqual([{ id: 'silent:!', label: 'Press', style: 1 }]);
    expect(answer.attachments).toEqual([
      { id: '0', filename: 'picture.png', description: 'a curve that falls', bytes: png },
    ]);
  });
});

describe("an entry of a message's menu", () => {
  test('is given what the message says, in servers and for people, once it is registered', async () => {
    const { discord } = await running();
    const [channel] = discord.addServer().channels;
    const message = discord.write(channel?.id ?? '', 'In the beginning');
    const call = discord.choose(message, 'Echo this');
    expect((await call.answer()).content).toBe('In the beginning');
    expect(discord.world.commands.find('Echo this', null)).toMatchObject({
      type: 3,
      name_localizations: { 'pt-BR': 'Repetir isto' },
      contexts: [0, 1, 2],
      integration_types: [0, 1],
    });
    const other = discord.choose(message, 'Nothing');
    expect((await other.answer()).content).toMatch(/don't know this command/);
  });
});

describe('a button', () => {
  async function pressed(say: Parameters<typeof botForTest>[1] & object, buttonId: string) {
    const { discord, ...bot } = await running(say);
    const shown = await discord.interact({ command: 'echo', options: { text: 'first' } }).answer();
    const press = discord.press(shown, buttonId, { permissions: ['manage-messages'] });
    await press.acknowledged();
    return { discord, shown, press, ...bot };
  }

  test('deletes the message that it is on', async () => {
    const { discord, shown } = await pressed({ say: () => ({ type: 'delete' }) }, 'silent:!');
    await discord.until(() => (shown.deleted ? true : undefined));
    expect(discord.world.messages.all.filter(({ deleted }) => !deleted)).toEqual([]);
  });

  test('answers with another message', async () => {
    const { shown, press } = await pressed({ say: () => message }, 'aloud:?');
    expect(await press.acknowledged()).toMatchObject({ type: 5, private: false });
    expect(await press.answer()).toMatchObject({ content: 'new?', private: false });
    expect(shown.content).toBe('first');
  });

  test('opens a form, and what is filled in is answered for all to see', async () => {
    const fields = [
      { name: 'seed', label: 'Seed', value: 'And', minimumLength: 0, maximumLength: 300 },
      { name: 'heat', label: 'Heat', value: '', minimumLength: 1, maximumLength: 4 },
    ];
    const say = () => ({ type: 'form', id: 'form:17', title: 'Otherwise', fields }) as const;
    const { discord, shown, press } = await pressed({ say }, 'direct:');
    expect(await press.acknowledged()).toMatchObject({ type: 9 });
    const form = await press.form();
    expect(form).toEqual({ id: 'form:17', title: 'Otherwise', fields: { seed: 'And', heat: '' } });
    const filled = discord.submit(shown, { ...form, fields: { seed: 'But', heat: '1' } });
    expect(await filled.acknowledged()).toMatchObject({ type: 5, private: false });
    expect((await filled.answer()).content).toBe('17 {"seed":"But","heat":"1"}');
    const forged = discord.submit(shown, { id: 'nobody:1', fields: {} });
    expect(await forged.answer()).toMatchObject({ private: true });
  });

  test('answers at once and privately, where it opens no form', async () => {
    const { press } = await pressed({ say: () => ({ ...message, private: true }) }, 'direct:?');
    expect(await press.acknowledged()).toMatchObject({ type: 4, private: true });
    expect((await press.answer()).content).toBe('new?');
  });

  test('changes the message that it is on', async () => {
    const say = () => ({ type: 'update', text: 'changed', buttons: [] }) as const;
    const { discord, shown, press } = await pressed({ say }, 'silent:!');
    expect(await press.acknowledged()).toMatchObject({ type: 6 });
    await discord.until(() => (shown.content === 'changed!' ? true : undefined));
    expect(shown).toMatchObject({ buttons: [], deleted: false });
    expect(discord.world.messages.all).toHaveLength(1);
  });

  test('answers privately under a message that all see', async () => {
    const say = () => ({ ...message, private: true });
    const { shown, press } = await pressed({ say }, 'silent:?');
    expect(await press.answer()).toMatchObject({ content: 'new?', private: true });
    expect(shown.content).toBe('first');
  });

  test.each(['nobody', 'nobody:1', ':', '', 'silent\u0000:1', '__proto__:x'])(
    'of a forged id (%j) is refused',
    async (buttonId) => {
      const { press, failures } = await pressed({}, buttonId);
      expect(await press.answer()).toMatchObject({ private: true });
      expect((await press.answer()).content).toMatch(/don.t know this button/);
      expect(failures).toEqual([]);
    },
  );
});

describe('an interaction that is not as expected', () => {
  const payload = (over: object) => ({
    ...{ id: '', token: '', application_id: '1', version: 1, locale: 'en-US' },
    ...{ channel_id: '1', user: { id: '4711' }, entitlements: [] },
    ...over,
  });
  const menu = { type: 3, data: { component_type: 3, custom_id: 'x', values: ['a'] } };
  const command = { type: 2, data: { type: 1, id: '1', name: 'echo' } };

  test.each([
    ['a menu to choose from', menu],
    ['a command on a person', { type: 2, data: { type: 2, id: '1', name: 'Who', target_id: '2' } }],
    [
      'a message command without its message',
      { type: 2, data: { type: 3, id: '1', name: 'Echo this', target_id: '2' } },
    ],
    ['a command of nobody', { ...command, user: undefined, member: undefined }],
    ['a kind that there is not yet', { type: 77, data: {} }],
  ])('is answered all the same: %s', async (_, over) => {
    const { discord } = await running();
    const known = discord.interact({ command: 'slow' });
    await known.acknowledged();
    const asked = discord.world.interactions.all.find(({ id }) => id === known.id);
    const { id, token } = { id: '77', token: 'a-token' };
    discord.world.interactions.all.push({
      ...{ id, token, kind: 'command', channelId: asked?.channelId ?? '', written: [] },
      createdAt: discord.world.clock(),
    });
    discord.gateway.tell(null, 'INTERACTION_CREATE', { ...payload(over), id, token });
    const answered = await discord.until(() =>
      discord.world.messages.all.find(({ content }) => content === "I don't know how to do this."),
    );
    expect(answered.private).toBe(true);
  });

  test.each([
    {},
    null,
    7,
    { id: '1' },
    { ...payload(command), entitlements: undefined },
    payload({ type: 4, data: {} }),
  ])('ends nothing: %j', async (came) => {
    const { discord } = await running();
    discord.gateway.tell(null, 'INTERACTION_CREATE', came);
    const call = discord.interact({ command: 'echo', options: { text: 'a' } });
    expect((await call.answer()).content).toBe('a');
  });
});

describe('a completion', () => {
  test('offers what Discord can show of the choices', async () => {
    const { discord } = await running();
    const typing = { command: 'book', focused: 'title', locale: 'pt-BR' };
    const choices = await discord.complete({ ...typing, options: { title: 'Gen' } });
    expect(choices).toHaveLength(25);
    expect(choices[0]).toEqual({ name: 'Gen pt-BR 0'.padEnd(100, '.'), value: 'Gen pt-BR 0' });
  });

  test('offers nothing where it fails, takes too long, or completes nothing', async () => {
    const { discord, failures } = await running({ clock: hurriedClock() });
    const complete = (title: string, focused = 'title') =>
      discord.complete({ command: 'book', focused, options: { [focused]: title } });
    expect(await complete('slow')).toEqual([]);
    expect(await complete('fail')).toEqual([]);
    expect(await complete('x', 'constructor')).toEqual([]);
    expect(failures).toMatchObject([{ message: 'no books' }]);
  });
});
