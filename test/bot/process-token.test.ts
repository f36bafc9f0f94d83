import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addNetwork } from './support/networks.ts';
import { outputOf, setUp, startBot } from './support/process.ts';

/** Has a process crash, and leave a report of it, when it gets the signal. */
const crashOnSignal = `--report-uncaught-exception --import data:text/javascript,${encodeURIComponent(
  "process.on('SIGUSR2', () => { throw new Error('a crash'); });",
)}`;

/** Everything that there is in a directory as text, the names of its files too. */
function everythingIn(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name))
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');
}

function expectNoPartOf(token: string, text: string): void {
  const [, stamp = '', secret = ''] = token.split('.');
  expect(secret).toHaveLength(38);
  // Not as texts: a failure would show it.
  expect([text.includes(secret), text.includes(`.${stamp}.`)]).toEqual([false, false]);
}

describe('no part of a token is in what the bot writes or leaves behind', () => {
  test('when it crashes, with a report asked for', async () => {
    const made = await setUp({ DEBUG: '1', NODE_OPTIONS: crashOnSignal });
    const { child, output } = await startBot(made);
    const exit = once(child, 'exit');
    child.kill('SIGUSR2');
    const [code] = await exit;
    expect(code).not.toBe(0);
    expect(output.stderr).toContain('a crash');
    const left = everythingIn(made.escriba.directory);
    expect(left).toMatch(/report\.[\d.]+\.json\n/);
    expectNoPartOf(made.discord.token, `${left}${output.stdout}${output.stderr}`);
  });

  test('when Discord turns it away, at the start and later', async () => {
    const made = await setUp({ DEBUG: '1' });
    const { discord, escriba } = made;
    const other = [discord.token.split('.')[0], 'abcdef', 'A'.repeat(38)].join('.');
    const refused = await setUp({
      DEBUG: '1',
      DISCORD_TOKEN: other,
      DISCORD_API_URL: discord.apiUrl,
    });
    const { code, stdout, stderr } = await refused.escriba.run('bot');
    // A service that ends so is not begun again.
    expect([code, stderr]).toEqual([2, expect.stringMatching(/does not accept the token/)]);
    expectNoPartOf(other, `${stdout}${stderr}${everythingIn(refused.escriba.directory)}`);

    const { child, output } = await startBot(made);
    const exit = once(child, 'exit');
    discord.gateway.close(4004);
    expect((await exit)[0]).toBe(2);
    expect(output.stderr).toMatch(/does not accept the token any more/);
    const left = everythingIn(escriba.directory);
    expectNoPartOf(discord.token, `${left}${output.stdout}${output.stderr}`);
  });

  test('when Discord is in trouble at the start, or is not there', async () => {
    const { discord, escriba } = await setUp({ DEBUG: '1' });
    const goesOnTrying = async () => {
      const child = escriba.start('bot');
      const output = outputOf(child);
      await expect
        .poll(() => output.stdout, { timeout: 30_000 })
        .toMatch(/cannot be reached \((500|ECONNREFUSED)\); trying again/);
      child.kill('SIGTERM');
      expect((await once(child, 'exit'))[0]).toBe(0);
      return `${output.stdout}${output.stderr}`;
    };
    discord.fault('application', { type: 'trouble', status: 500 });
    const troubled = await goesOnTrying();
    await discord.stop();
    const said = `${troubled}${await goesOnTrying()}`;
    expectNoPartOf(discord.token, `${said}${everythingIn(escriba.directory)}`);
  });

  test('in the console and by the doctor', async () => {
    const { discord, escriba } = await setUp({ DEBUG: '1' });
    addNetwork(escriba.store, 'quick', 'ab\n');
    const console = escriba.start('bot', '--console');
    const output = outputOf(console);
    console.stdin.end('/write corpus:quick seed:ab\n/model\n/privacy\n');
    await once(console, 'close');
    expect(output.stdout).toContain('Invented by a neural network');
    const doctor = await escriba.run('doctor');
    expect(doctor.stdout).toMatch(/token/i);
    const said = `${output.stdout}${output.stderr}${doctor.stdout}${doctor.stderr}`;
    expectNoPartOf(discord.token, `${said}${everythingIn(escriba.directory)}`);
  });
});
