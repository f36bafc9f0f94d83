import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** The words that start `escriba` with the Node of the tests. */
export const command: readonly [string, ...string[]] = [
  process.execPath,
  '--experimental-strip-types',
  '--no-warnings',
  main,
];

export interface Answer {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Child = ChildProcessWithoutNullStreams;

/** The program as a person has it, in a directory and with a store of its own that go when the test ends. */
export function newEscriba(variables: Readonly<Record<string, string | undefined>> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'escriba-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const store = join(directory, 'escriba.db');
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: directory,
    ESCRIBA_DB: store,
    // A store begins empty, without the models that come with the program.
    ESCRIBA_MODELS: 'none',
    // Whatever Python this machine has, tests name the one that they mean.
    ESCRIBA_PYTHON: 'no-python',
    // Types are stripped from each file once, and not in every process.
    NODE_COMPILE_CACHE: join(tmpdir(), 'escriba-test-cache'),
    ...variables,
  };

  function start(...words: readonly string[]): Child {
    const [node, ...rest] = command;
    const child = spawn(node, [...rest, ...words], { cwd: directory, env: environment });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return child;
  }

  /** Runs to the end, with something to read on its standard input. */
  async function read(input: string | Uint8Array, ...words: readonly string[]): Promise<Answer> {
    const child = start(...words);
    child.stdin.end(input);
    return answerOf(child);
  }

  const run = (...words: readonly string[]) => read('', ...words);

  /** What a command writes as JSON. */
  async function json(...words: readonly string[]): Promise<unknown> {
    const { code, stdout, stderr } = await run(...words, '--json');
    if (code !== 0) throw new Error(`escriba ${words.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  function file(name: string, content: string | Uint8Array): string {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  }

  return { directory, store, start, read, run, json, file };
}

/** What a process that was started says until it ends. */
export async function answerOf(child: Child): Promise<Answer> {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, signal, stdout, stderr };
}
