import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Child, newEscriba } from '../../cli/escriba.ts';
import { startDiscord } from '../../support/discord/start.ts';

/** Everything that a process has written so far. */
export interface Output {
  stdout: string;
  stderr: string;
}

export function outputOf(child: Child): Output {
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text) => {
    output.stderr += text;
  });
  return output;
}

export type Variables = Readonly<Record<string, string>>;

/**
 * A Discord with one server, and a program that has a token for it.
 *
 * @param inOneServer - whether commands are registered in that server instead of everywhere
 */
export async function setUp(variables: Variables = {}, inOneServer = false) {
  const discord = await startDiscord();
  onTestFinished(() => discord.stop());
  const server = discord.addServer();
  const escriba = newEscriba({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ...(inOneServer ? { DISCORD_GUILD_ID: server.id } : {}),
    ...variables,
  });
  return { discord, server, escriba };
}

/** Starts the bot, and waits until it is on Discord. */
export async function startBot(
  { discord, escriba }: Pick<Awaited<ReturnType<typeof setUp>>, 'discord' | 'escriba'>,
  ...words: readonly string[]
) {
  const child = escriba.start('bot', ...words);
  const output = outputOf(child);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the bot ended with ${code}: ${output.stderr}${output.stdout}`);
  });
  await Promise.race([discord.connected(), ended]);
  ended.catch(() => {});
  return { child, output };
}

/** Has the bot leave. @returns its exit code */
export async function leave(child: Child): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await exit;
  return z.number().nullable().parse(code);
}
