import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Store } from '../../src/store/database.ts';
import { runDetached } from './program.ts';

/** Bytes at the end of a log that are looked at. */
const tailBytes = 32_768;

/** Where a bot that was started here writes its log: beside the store. */
export function botLogPath(store: Store): string {
  return join(dirname(store.path), 'bot.log');
}

/**
 * Starts the bot as a process of its own; it goes on when this one ends.
 * @param onFailure called where it ends with an error while this process runs, with the last that its log says
 */
export function startBot(store: Store, onFailure: (text: string) => void): void {
  const log = openSync(botLogPath(store), 'a');
  try {
    const child = runDetached(['bot'], { store: store.path, stdio: ['ignore', log, log] });
    child.once('error', (error) => onFailure(error.message));
    child.once('exit', (code, signal) => {
      if (code !== 0 && signal === null)
        onFailure(botLog(store, 1)[0] ?? `It ended with exit code ${code}.`);
    });
  } finally {
    closeSync(log);
  }
}

/** The last lines of the bot's log, the newest last; none where there is no log here. */
export function botLog(store: Store, count: number): string[] {
  return tailOf(botLogPath(store))
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .slice(-count)
    .map(logWords);
}

/** The whole lines at the end of a file; nothing where there is none. */
function tailOf(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
  try {
    const start = Math.max(0, fstatSync(file).size - tailBytes);
    const bytes = Buffer.alloc(tailBytes);
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, tailBytes, start));
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    closeSync(file);
  }
}

const entryForm = z.object({ time: z.iso.datetime(), level: z.string(), msg: z.string() });

/** A line of JSON as a person reads it, at the time of this place; any other as it is. */
function logWords(line: string): string {
  const { data: entry } = entryForm.safeParse(parsed(line));
  if (!entry) return line;
  const time = new Date(entry.time).toLocaleTimeString('sv');
  return `${time}  ${entry.level === 'info' ? '' : `${entry.level}: `}${entry.msg}`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
