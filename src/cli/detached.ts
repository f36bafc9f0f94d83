import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EscribaError } from '../errors.ts';
import type { Store } from '../store/database.ts';
import { listHeartbeats } from '../store/heartbeats.ts';
import { recordLog } from '../store/logs.ts';
import { runOfHeartbeat } from '../store/runs.ts';
import type { Cli } from './define-command.ts';

const lookEvery = 200;

/**
 * Starts this program again with the words that it was started with, but for `--detach`, as a process that outlives this
 * one and its terminal.
 * @returns the run that it trains, and the file that its messages go to
 * @throws EscribaError with what it said where it ends before there is a run
 */
export async function startDetached(
  { now }: Cli,
  store: Store,
): Promise<{ readonly run: number; readonly log: string }> {
  const log = join(mkdtempSync(join(tmpdir(), 'escriba-')), 'training.log');
  const file = openSync(log, 'a');
  const [, program = '', ...words] = process.argv;
  const others = words.filter((word) => word !== '--detach');
  const child = spawn(process.execPath, [...process.execArgv, program, ...others], {
    detached: true,
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  let hasEnded = false;
  child.once('exit', () => {
    hasEnded = true;
  });
  child.once('error', () => {
    hasEnded = true;
  });
  while (!hasEnded) {
    await wait(lookEvery);
    const beat = listHeartbeats(store, now()).find(({ pid }) => pid === child.pid);
    const run = beat && runOfHeartbeat(beat.name);
    if (run === undefined) continue;
    child.unref();
    recordLog(store, run, `In the background; messages go to ${log}.`, now());
    return { run, log };
  }
  const reason = readFileSync(log, 'utf8')
    .trim()
    .replace(/^error: /, '');
  throw new EscribaError(
    `Training could not start: ${reason}`,
    'Train without --detach to see what it does.',
  );
}
