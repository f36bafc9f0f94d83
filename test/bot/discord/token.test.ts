import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realClock } from '../../../bot/core/clock.ts';
import { fetchApplication } from '../../../bot/discord/application.ts';
import { invitationTo } from '../../../bot/discord/invitation.ts';
import { createRedactor, redactedLog } from '../../../bot/discord/redactor.ts';
import { findToken, readToken } from '../../../bot/discord/token.ts';
import type { LoopbackDiscord } from '../../support/discord/start.ts';
import { botForTest, discordForTest, hurriedClock } from './bot.ts';

const token = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.aVery-secret_part';

describe('readToken', () => {
  test('takes a token, with what a file leaves around it', () => {
    expect(readToken(` ${token}\r\n`)).toBe(token);
  });

  test.each([
    undefined,
    '',
    '  ',
    'abc',
    '123456789012345678',
    'a.b',
    'a.b.c.d',
    'a..c',
    'a.b.c d',
    `Bot ${token}`,
    `"${token}"`,
  ])('refuses %j without repeating it', (value) => {
    const error = thrownBy(() => readToken(value));
    expect(error).toMatchObject({ name: 'BadInput', exitCode: 2 });
    expect(inspect(error)).not.toContain('aVery');
  });
});

test('names the quotes that docker keeps', () => {
  expect(thrownBy(() => readToken(`"${token}"`))).toMatchObject({
    message: expect.stringContaining('has quotes around it'),
  });
});

test('a token can come from a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'escriba-token-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'token');
  writeFileSync(file, `${token}\n`);
  expect(findToken({ DISCORD_TOKEN_FILE: file })).toBe(token);
  expect(findToken({ DISCORD_TOKEN: 'a.b.c', DISCORD_TOKEN_FILE: file })).toBe('a.b.c');
  expect(thrownBy(() => findToken({ DISCORD_TOKEN_FILE: `${file}s` }))).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(`${file}s`),
  });
});

test('the redactor takes the token, its secret part and the tokens of interactions out', () => {
  const redact = createRedactor(token);
  expect(redact(`Authorization: Bot ${token}`)).toBe('Authorization: Bot [token]');
  expect(redact('found aVery-secret_part there')).toBe('found [token] there');
  expect(redact('https://discord.com/api/v10/webhooks/12/aW50ZXJh/messages/@original')).toBe(
    'https://discord.com/api/v10/webhooks/12/[token]/messages/@original',
  );
  expect(redact('POST /interactions/12/aW50ZXJh/callback')).toBe(
    'POST /interactions/12/[token]/callback',
  );
});

test('what is logged stays readable where a token stands before a quote or a line end', () => {
  const lines: object[] = [];
  const write = (fields: object) => lines.push(fields);
  const log = redactedLog({ info: write, warn: write, error: write }, createRedactor(token));
  log.error({ error: 'POST "/webhooks/12/aW50ZXJh" failed\nat /webhooks/12/aW50ZXJh\n' }, '');
  expect(lines).toEqual([
    { error: 'POST "/webhooks/12/[token]" failed\nat /webhooks/12/[token]\n' },
  ]);
});

test('a token is in no log and no error, however things go wrong', async () => {
  const discord = await discordForTest();
  discord.addServer();
  const { log, failures } = await botForTest(discord);
  discord.fault('editReply', { type: 'trouble', status: 500 }, { times: 1 });
  discord.fault('callback', { type: 'reset' }, { times: 1 });
  await discord.interact({ command: 'echo', options: { text: ' ' } }).answer();
  await discord.interact({ command: 'fail' }).answer();
  discord.gateway.drop();
  await discord.until(() => (discord.gateway.counts.resumes === 1 ? true : undefined));
  expect(log.map(({ level }) => level)).toContain('error');
  expectNoToken(discord.token, { log, failures });
  expect(inspect(log, { depth: null })).not.toContain('interaction-token');
});

test('what goes wrong at the start is told without the token, with what to do', async () => {
  const discord = await discordForTest();
  const wrong = `${discord.token}wrong`;
  for (const start of [
    () => botForTest(discord, { token: wrong }),
    () => ask(discord, { token: wrong }),
  ]) {
    const error = await start().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      // A service that ends so is not begun again.
      exitCode: 2,
      message: 'Discord does not accept the token.',
      remedy: expect.stringContaining('Developer Portal'),
    });
    expectNoToken(wrong, error);
  }
  discord.fault('gateway', { type: 'trouble', status: 503 });
  const error = await botForTest(discord, { clock: hurriedClock() }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ message: 'Discord cannot be reached (503).' });
  expectNoToken(discord.token, error);
});

test('without a network each try is one line of the log, with no stack', async () => {
  const discord = await discordForTest();
  const { apiUrl } = discord;
  await discord.stop();
  const lines: unknown[] = [];
  const write = (fields: object, message: string) => lines.push([fields, message]);
  const log = { info: write, warn: write, error: write };
  let time = 0;
  const clock = {
    now: () => time,
    async sleep(milliseconds: number) {
      time += milliseconds;
    },
  };
  await expect(fetchApplication({ token, apiUrl, clock, within: 1000, log })).rejects.toThrow(
    'Discord cannot be reached (ECONNREFUSED).',
  );
  // After 250 and 500 milliseconds; another second would be too long.
  const line = [{}, 'Discord cannot be reached (ECONNREFUSED); trying again.'];
  expect(lines).toEqual([line, line]);
});

test('a day without sessions left is told with when there are more', async () => {
  const discord = await discordForTest();
  discord.world.sessionsLeft = 0;
  await expect(botForTest(discord)).rejects.toMatchObject({
    message: 'The bot has connected too often today: Discord gives it no more sessions.',
    remedy: expect.stringMatching(/^Wait until \d{4}-\d\d-\d\dT/),
  });
  expect(discord.gateway.counts.identifies).toBe(0);
});

test('one lost call at the start ends nothing, nor does a proxy that is in the way for a while', async () => {
  const discord = await discordForTest();
  discord.addServer();
  discord.fault('application', { type: 'reset' }, { times: 1 });
  discord.fault('application', { type: 'proxy', status: 403 }, { times: 1 });
  discord.fault('application', { type: 'proxy', status: 403, code: 40333 }, { times: 1 });
  discord.fault('gateway', { type: 'reset' }, { times: 5 });
  await botForTest(discord, { clock: hurriedClock() });
  expect(
    (await discord.interact({ command: 'echo', options: { text: 'a' } }).answer()).content,
  ).toBe('a');
});

test('an application whose interactions go elsewhere is refused, for the bot would be deaf', async () => {
  const discord = await discordForTest();
  discord.world.interactionsEndpointUrl = 'https://example.com/interactions';
  await expect(botForTest(discord)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('Interactions Endpoint URL'),
  });
});

test('another application than that of the store is refused before it does anything', async () => {
  const discord = await discordForTest();
  const onApplication = async (id: string) => {
    throw new Error(`not ${id}`);
  };
  await expect(botForTest(discord, { onApplication })).rejects.toThrow(
    `not ${discord.applicationId}`,
  );
  expect(discord.count('overwriteCommands')).toBe(0);
  expect(discord.gateway.counts.identifies).toBe(0);
});

test('another REST base is taken as discord.js takes it, and anything else refused', async () => {
  const discord = await discordForTest();
  const application = { id: discord.applicationId, name: 'Escriba' };
  expect(await ask(discord)).toEqual(application);
  expect(await ask(discord, { apiUrl: `${discord.apiUrl}/` })).toEqual(application);
  await expect(ask(discord, { apiUrl: 'localhost:8080' })).rejects.toMatchObject({
    name: 'BadInput',
    message: expect.stringContaining('localhost:8080'),
  });
});

test('the invitations ask for what the bot needs and no more', () => {
  expect(invitationTo('4711')).toEqual({
    server:
      'https://discord.com/oauth2/authorize?client_id=4711&integration_type=0&permissions=274878008320&scope=bot+applications.commands',
    person:
      'https://discord.com/oauth2/authorize?client_id=4711&integration_type=1&scope=applications.commands',
  });
});

function ask(discord: LoopbackDiscord, other: { token?: string; apiUrl?: string } = {}) {
  const { token: its, apiUrl } = { ...discord, ...other };
  return fetchApplication({ token: its, apiUrl, clock: realClock, within: 0 });
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function expectNoToken(secret: string, value: unknown): void {
  const shown = inspect(value, { depth: null, showHidden: true });
  for (const part of [secret, secret.slice(secret.lastIndexOf('.') + 1)]) {
    expect(shown).not.toContain(part);
  }
}
