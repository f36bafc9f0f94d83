import { findBot } from '../store/bot-heartbeat.ts';
import type { Cli } from './define-command.ts';
import { age, count, counted } from './format.ts';
import { withStoreToRead } from './store.ts';

/** How the bot of a store is, as its process has last told; the exit code is 1 where it is not on Discord. */
export async function showBotStatus(cli: Cli, asJson: boolean): Promise<void> {
  const { terminal, now } = cli;
  const bot = await withStoreToRead(cli, async (store) => findBot(store, now()));
  const isRunning = bot?.alive ?? false;
  if (!isRunning || !bot?.info.connected) process.exitCode = 1;
  if (asJson) {
    terminal.json(
      bot ? { running: isRunning, pid: bot.pid, host: bot.host, ...bot.info } : { running: false },
    );
    return;
  }
  if (!bot || !isRunning) {
    terminal.print('The bot is not running. Start it with `escriba bot`.');
    return;
  }
  const { info, pid, host } = bot;
  const { delays } = info;
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const lines = [
    info.connected
      ? `On Discord, in ${counted(info.servers, 'server')}, for ${age(now() - info.started)} (process ${pid} on ${host}).`
      : `Connecting to Discord (process ${pid} on ${host}).`,
    `${counted(info.requests, 'request')}: ${count(info.cooldowns)} refused by a cooldown, ${count(info.turnedAway)} by a full queue, ${count(info.failures)} failed; ${count(info.waiting)} waiting now.`,
    `${counted(info.texts, 'text')} written, ${counted(info.posts, 'daily post')} made.`,
    ...(delays
      ? [
          `The last answers took ${seconds(delays.middle)} (median), ${seconds(delays.longest)} at most.`,
        ]
      : []),
  ];
  for (const line of lines) terminal.print(line);
}
