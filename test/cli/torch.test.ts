import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { hasPytorch } from '../engine/torch-python.ts';
import { answerOf, type Child, newEscriba } from './escriba.ts';
import { ownText, tiny } from './own-text.ts';

const training = ['train', 'own', '--random-seed', '7', ...tiny];

async function withText(variables: Readonly<Record<string, string | undefined>> = {}) {
  const escriba = newEscriba(variables);
  await escriba.run('corpus', 'add', 'own', escriba.file('own.txt', ownText));
  return escriba;
}

test('without a Python nothing of a training is kept, and it is said how to get one', async () => {
  const { run, json } = await withText();
  expect(await run(...training, '--engine', 'torch')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(
      'error: The torch engine needs a Python with PyTorch, and no-python could not be run: there is no such file.\n' +
        'To get it: python3 -m venv .venv && .venv/bin/pip install torch, then set ESCRIBA_PYTHON=.venv/bin/python.\n',
    ),
  });
  expect(await json('runs')).toEqual([]);
});

test.each([
  [
    ['--precision', 'bf16'],
    '--precision is for the torch engine, and this is onnx.\nUse --engine torch, or leave out --precision.',
  ],
  [
    ['--processes', '2', '--engine', 'tfjs'],
    '--processes is for the torch engine, and this is tfjs.\nUse --engine torch, or leave out --processes.',
  ],
  [
    ['--nodes', '2', '--engine', 'torch'],
    'With --nodes 2 the machines must know where to find each other.\nAdd --rendezvous with the name and a free port of this machine, such as --rendezvous 192.168.0.10:29400.',
  ],
  [
    ['--rendezvous', 'here:29400', '--engine', 'torch'],
    '--rendezvous is for several machines.\nSay how many with --nodes, or leave it out.',
  ],
  [
    ['--rendezvous', 'here'],
    '--rendezvous cannot be "here": it must be a name or an address and a port, such as 192.168.0.10:29400.\nSee `escriba train --help`.',
  ],
])('%j is refused before anything begins', async (words, message) => {
  const { run } = newEscriba();
  expect(await run(...training, ...words)).toEqual({
    ...{ code: 2, signal: null, stdout: '' },
    stderr: `error: ${message}\n`,
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** The processes of Python that compute for a program. */
function computing(child: Child): number[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .map(([, pid, parent, words = '']) => ({ pid: Number(pid), parent: Number(parent), words }));
  const below = (of: number): typeof all =>
    all.filter(({ parent }) => parent === of).flatMap((each) => [each, ...below(each.pid)]);
  return below(child.pid ?? 0)
    .filter(({ words }) => /escriba_torch\.py/.test(words) && !/distributed/.test(words))
    .map(({ pid }) => pid);
}

// Needs a Python with it: pip install torch numpy; ESCRIBA_PYTHON=.venv/bin/python
describe.skipIf(!hasPytorch)('a run that PyTorch computes', () => {
  const python = { ESCRIBA_PYTHON: process.env.ESCRIBA_PYTHON ?? 'python3' };

  test('is recorded as that, and goes on with another engine and back', async () => {
    const { run, json } = await withText(python);
    const words = ['--engine', 'torch', '--precision', 'bf16', '--processes', '2'];
    const trained = await run(...training, '--steps', '40', ...words);
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.stderr).toMatch(
      /It computes with PyTorch \d\S* on the .*\), bf16, 2 processes\.\n/,
    );
    expect(await json('runs')).toMatchObject([
      {
        steps: 40,
        machine: { engine: 'torch', precision: 'bf16', processes: 2, nodes: 1, threads: 1 },
      },
    ]);
    const shown = await run('show', '1');
    expect(shown.stdout).toMatch(/engine +torch \d\S*, threads: 1, bf16, processes: 2\n/);
    expect(shown.stdout).toContain('--engine torch --precision bf16 --processes 2\n');

    const onnx = await run('resume', '1', '--engine', 'onnx', '--steps', '5');
    expect(onnx).toMatchObject({ code: 0 });
    expect(onnx.stderr).toMatch(
      /This run was started with the engine torch, the engine's version \d\S* and resumes with the engine onnx, .*: its last digits can differ\./,
    );
    const back = await run(
      'resume',
      '1',
      '--precision',
      'fp32',
      '--processes',
      '1',
      '--steps',
      '5',
    );
    expect(back).toMatchObject({ code: 0 });
    expect(back.stderr).toContain(
      'This run was started with precision bf16, processes: 2 and resumes with precision fp32, processes: 1: its last digits can differ.',
    );
    expect(await json('show', '1')).toMatchObject({ state: 'finished', steps: 50 });
  }, 180_000);

  test('writes, scores and judges as the default engine does', async () => {
    const { run, json } = await withText(python);
    await run(...training, '--steps', '60');
    const judged = await json('evaluate', '1', '--engine', 'torch');
    const expected = await json('evaluate', '1');
    const figure = (answer: unknown) => JSON.parse(JSON.stringify(answer)).bitsPerCharacter;
    expect(figure(judged)).toBeCloseTo(figure(expected), 5);
    const written = ['write', 'own', '--length', '60', '--random-seed', '5', '--exact'];
    expect(await json(...written, '--engine', 'torch')).toEqual(await json(...written));
  }, 180_000);

  test('is shared with another machine that joins it', async () => {
    const { start, run, json } = await withText(python);
    const meeting = `127.0.0.1:${await freePort()}`;
    const words = ['--engine', 'torch', '--nodes', '2', '--rendezvous', meeting];
    const [led, joined] = await Promise.all([
      answerOf(start(...training, '--steps', '20', ...words)),
      run('join', meeting, '--processes', '2', '--threads', '2'),
    ]);
    expect(led).toMatchObject({ code: 0 });
    expect(led.stderr).toMatch(/fp32, 1 process on each of 2 machines\.\n/);
    expect(joined).toMatchObject({
      code: 0,
      stderr: `Computing for the training at ${meeting}. Press Ctrl-C to leave it.\nThe training has ended.\n`,
    });
    expect(await json('runs')).toMatchObject([{ steps: 20, machine: { processes: 1, nodes: 2 } }]);
  }, 180_000);

  test('fails with the reason where one of its processes is killed, and resumes from its last checkpoint', async () => {
    const { start, run, json } = await withText({ ...python, ESCRIBA_CHECKPOINT_SECONDS: '0' });
    const child = start(
      ...[...training, '--steps', '100000', '--engine', 'torch', '--processes', '2', '--json'],
    );
    let told = '';
    child.stderr.on('data', (words) => {
      told += words;
    });
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (lines) => {
        if (String(lines).includes('"step":')) resolve();
      });
    });
    const [, other = 0] = computing(child);
    process.kill(other, 'SIGKILL');
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(told).toBe(
      'error: A process of PyTorch was killed (SIGKILL).\nIf memory ran out, use a smaller --batch or fewer --processes; a run resumes from its last checkpoint.\n',
    );
    expect(await json('runs')).toMatchObject([{ id: 1, state: 'failed' }]);
    const resumed = start('resume', '1', '--processes', '1', '--json');
    const [first] = await once(resumed.stdout, 'data');
    const { resumedAt } = JSON.parse(String(first).split('\n')[0] ?? '');
    expect(resumedAt).toBeGreaterThan(0);
    expect(await run('stop', '1')).toMatchObject({ code: 0 });
    expect(await json('runs')).toMatchObject([{ id: 1, state: 'stopped' }]);
  }, 180_000);
});
