import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { EscribaError } from '../../src/errors.ts';
import { type LoopbackDiscord, startDiscord } from '../../test/support/discord/start.ts';
import { program } from '../ours/command.ts';

/** The bot's process, and the Discord on loopback that it is on. */
export interface RunningBot {
  readonly discord: LoopbackDiscord;
  /** Bytes that the process holds now; null where the system does not say. */
  memory(): Promise<number | null>;
  /** Bytes that it has held at the most since the last call. */
  peakMemory(): number | null;
}

const lookAtMemoryEvery = 50;

/** Runs `escriba bot` as it was built, on a loopback Discord, until it was used. */
export async function withBot<Result>(
  threads: number,
  env: NodeJS.ProcessEnv,
  use: (bot: RunningBot) => Promise<Result>,
): Promise<Result> {
  const discord = await startDiscord();
  const child = spawn(process.execPath, [program, 'bot', '--threads', String(threads)], {
    env: {
      ...env,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_GUILD_ID: '',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  let peak: number | null = null;
  const watch = setInterval(async () => {
    const now = await memoryOf(child);
    if (now !== null) peak = Math.max(peak ?? 0, now);
  }, lookAtMemoryEvery);
  try {
    const ended = once(child, 'exit').then(() => {
      throw new EscribaError(`The bot ended: ${said}`, 'npm run build builds it anew.');
    });
    ended.catch(() => {});
    return await Promise.race([
      ended,
      discord.connected().then(() =>
        use({
          discord,
          memory: () => memoryOf(child),
          peakMemory() {
            const held = peak;
            peak = null;
            return held;
          },
        }),
      ),
    ]);
  } finally {
    clearInterval(watch);
    if (child.exitCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    }
    await discord.stop();
  }
}

/** What Linux tells of a process: the bytes of it that are in memory. */
async function memoryOf({ pid }: ChildProcess): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
