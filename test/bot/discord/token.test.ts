import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { fetchApplication } from '../../../bot/discord/application.ts';
import { invitationTo } from '../../../bot/discord/invitation.ts';
import { createRedactor, redactedLog } from '../../../bot/discord/redactor.ts';
import { readToken } from '../../../bot/discord/token.ts';
import { botForTest, discordForTest } from './bot.ts';

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
  ])('refuses %j without repeating it', (value) => {
    const error = thrownBy(() => readToken(value));
    expect(error).toMatchObject({ name: 'BadInput', exitCode: 2 });
    expect(error).toMatchObject({ remedy: expect.stringContaining('Developer Portal') });
    expect(inspect(error)).not.toContain('aVery');
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
    () => fetchApplication(wrong, discord.apiUrl),
  ]) {
    const error = await start().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: 'Discord does not accept the token.',
      remedy: expect.stringContaining('Developer Portal'),
    });
    expectNoToken(wrong, error);
  }
  discord.fault('gateway', { type: 'trouble', status: 503 });
  const error = await botForTest(discord).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: 'Discord cannot be reached (503).' });
  expectNoToken(discord.token, error);
});

test('another REST base is taken as discord.js takes it, and anything else refused', async () => {
  const discord = await discordForTest();
  const application = { id: discord.applicationId, name: 'Escriba' };
  expect(await fetchApplication(discord.token, discord.apiUrl)).toEqual(application);
  expect(await fetchApplication(discord.token, `${discord.apiUrl}/`)).toEqual(application);
  await expect(fetchApplication(discord.token, 'localhost:8080')).rejects.toMatchObject({
    name: 'BadInput',
    message: expect.stringContaining('localhost:8080'),
  });
});

test('the invitations ask for what the bot needs and no more', () => {
  expect(invitationTo('4711')).toEqual({
    server:
      'https://discord.com/oauth2/authorize?client_id=4711&integration_type=0&permissions=101376&scope=bot+applications.commands',
    person:
      'https://discord.com/oauth2/authorize?client_id=4711&integration_type=1&scope=applications.commands',
  });
});

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
