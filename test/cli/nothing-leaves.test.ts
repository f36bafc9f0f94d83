import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { command, newEscriba } from './escriba.ts';
import { ownText, tiny } from './own-text.ts';

/** Where strace is, it also shows what would have been sent. */
const hasStrace = spawnSync('strace', ['-V']).status === 0;

/** Runs a command and gives the addresses beyond this machine that it or a child of it spoke to. */
function contacted(directory: string, words: readonly string[], input = ''): string[] {
  const trace = join(directory, 'trace');
  const traced = hasStrace
    ? ['strace', '-f', '-qq', '-e', 'trace=connect,sendto,sendmmsg', '-o', trace, ...words]
    : words;
  const [program = '', ...rest] = traced;
  execFileSync(program, rest, {
    cwd: directory,
    input,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      ESCRIBA_DB: join(directory, 'escriba.db'),
      ESCRIBA_MODELS: 'none',
      NODE_COMPILE_CACHE: join(directory, 'compiled'),
    },
  });
  if (!hasStrace) return [];
  return readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => /AF_INET6?,/.test(line) && !/"(127\.|::1")/.test(line));
}

const rnn = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

test('nothing of a training, a text, the bot or the library leaves the machine or its own files', () => {
  const { directory, file } = newEscriba();
  file('own.txt', ownText);
  file(
    'library.ts',
    `import { Rnn } from '${rnn}';
const rnn = await Rnn.load('own');
await rnn.step('a');
await rnn.close();`,
  );
  const escriba = (...words: string[]) => [...command, ...words];
  const calls: [string[], string?][] = [
    [escriba('corpus', 'add', 'own', 'own.txt')],
    [escriba('train', 'own', ...tiny, '--steps', '20')],
    [escriba('write', 'own', '--length', '20')],
    [escriba('bot', '--console'), '/write corpus:own seed:ab\n'],
    [[...command.slice(0, -1), 'library.ts']],
  ];
  for (const [words, input] of calls) expect(contacted(directory, words, input)).toEqual([]);
  const left = globSync('**/*', { cwd: directory, exclude: (path) => path === 'compiled' });
  const own = /^(escriba\.db(-wal|-shm)?|own\.txt|library\.ts|trace)$/;
  expect(left.filter((path) => !own.test(path))).toEqual([]);
  const hidden = globSync('.*', { cwd: directory });
  expect(hidden).toEqual([]);
});
