import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Store } from '../../src/store/database.ts';
import { runDetached } from './program.ts';

/** Bytes at the end of a log that are looked at. */
const tailBytes = 32_768;

/** Where a bot that was started here writes its log: beside the store. */
export function botLogPath(store: Store): string {
  return join(dirname(store.path), 'bot.log');
}

/** Starts the bot as a process of its own; it goes on when this one ends. */
export function startBot(store: Store): void {
  const log = openSync(botLogPath(store), 'a');
  try {
    runDetached(['bot'], { store: store.path, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/** The last lines of the bot's log, the newest last; none where there is no log here. */
export function botLog(store: Store, count: number): string[] {
  let text: string;
  try {
    text = readFileSync(botLogPath(store)).subarray(-tailBytes).toString();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text.trimEnd().split('\n').slice(-count).map(logWords);
}

/** A line of JSON as a person reads it; any other as it is. */
function logWords(line: string): string {
  try {
    const { time, level, msg } = JSON.parse(line);
    return `${String(time).slice(11, 19)}  ${level === 'info' ? '' : `${level}: `}${msg}`;
  } catch {
    return line;
  }
}
