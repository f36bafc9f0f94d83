import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { listCheckpoints, readState, readWeights } from '../../src/store/checkpoints.ts';
import { openStore } from '../../src/store/open.ts';
import { type Child, newEscriba } from './escriba.ts';
import { textOf } from './own-text.ts';

const training = ['train', 'own', '--random-seed', '7', '--steps', '300', '--json'].concat(
  '--hidden 48 --embedding 16 --layers 2 --batch 16 --unroll 20 --dropout 0.2 --threads 2'.split(
    ' ',
  ),
);

async function withText() {
  // So often that a killed run mostly goes on from a checkpoint, and not from its beginning.
  const escriba = newEscriba({ ESCRIBA_CHECKPOINT_SECONDS: '0.1' });
  await escriba.run('corpus', 'add', 'own', escriba.file('own.txt', textOf(240)));
  return escriba;
}

/** All that run 1 has come to, to the last bit: its losses, figures and samples, its state and its best weights. */
function outcome(path: string) {
  const store = openStore(path);
  onTestFinished(() => store.close());
  const checkpoints = listCheckpoints(store, 1);
  const last = checkpoints.find(({ kind }) => kind === 'last');
  const best = checkpoints.find(({ kind }) => kind === 'best');
  return {
    losses: store.rows('SELECT step, bitsPerCharacter FROM steps ORDER BY step'),
    evaluations: store.rows('SELECT step, bitsPerCharacter FROM evaluations ORDER BY step'),
    samples: store.rows('SELECT step, text FROM samples ORDER BY step'),
    state: last && readState(store, last.id),
    weights: best && readWeights(store, best.id),
  };
}

/** Waits until a process has told of so many events. */
async function events(child: Child, count: number): Promise<void> {
  let told = 0;
  child.stdout.on('data', (data: Buffer) => {
    told += data.toString().split('\n').length - 1;
    if (told >= count) child.emit('told');
  });
  await once(child, 'told');
}

test('stopped, and killed with -9 at any moment, a run goes on as if nothing had been', async () => {
  const unbroken = await withText();
  expect(await unbroken.run(...training)).toMatchObject({ code: 0 });

  const broken = await withText();
  const first = broken.start(...training);
  await events(first, 20);
  const refused = await broken.run('resume', '1');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^error: Run 1 is already being trained, by process \d+ on /);
  first.kill('SIGTERM');
  expect(await once(first, 'exit')).toEqual([0, null]);
  expect(await broken.json('show', '1')).toMatchObject({ state: 'stopped' });

  const second = broken.start('resume', '1', '--json');
  await events(second, 20);
  const [stopped, ended] = await Promise.all([broken.json('stop', '1'), once(second, 'exit')]);
  expect(stopped).toMatchObject({ id: 1, state: 'stopped' });
  expect(ended).toEqual([0, null]);

  for (const milliseconds of [0, 30, 90, 150]) {
    const killed = broken.start('resume', '1', '--json');
    await events(killed, 10);
    await wait(milliseconds);
    killed.kill('SIGKILL');
    expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
    const store = openStore(broken.store);
    expect(store.row('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    store.close();
    expect(await broken.json('runs')).toMatchObject([{ id: 1, state: 'died' }]);
  }
  expect(await broken.run('resume', '1', '--json')).toMatchObject({ code: 0 });

  expect(outcome(broken.store)).toEqual(outcome(unbroken.store));
  const again = await broken.run('resume', '1');
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toMatch(/^error: Run 1 is finished\.\n/);
}, 60_000);

test('a training whose messages go to a file or a program goes on when its terminal is closed', async () => {
  const { start, json } = await withText();
  const child = start(...training, '--steps', '60');
  await events(child, 5);
  child.kill('SIGHUP');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await json('show', '1')).toMatchObject({ state: 'finished', steps: 60 });
});

test('a training in the background waits, goes on, keeps a checkpoint and stops as it is told', async () => {
  const { run, json } = await withText();
  const words = training.filter((word) => word !== '--json' && word !== '300');
  const steps = words.indexOf('--steps') + 1;
  const long = words.toSpliced(steps, 0, '1000000');
  const begun = z.object({ run: z.number(), log: z.string() });
  const { run: id } = begun.parse(await json(...long, '--detach', '--name', 'long'));
  onTestFinished(async () => {
    await run('stop', String(id));
  });
  expect(await json('pause', String(id))).toMatchObject({ state: 'paused' });
  expect(await json('runs')).toMatchObject([{ id, name: 'long', state: 'paused' }]);
  const resumed = await run('resume', String(id));
  expect(resumed).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('resumes from step'),
  });
  expect(await json('checkpoint', String(id))).toMatchObject({ run: id, kind: 'kept' });
  expect(await json('stop', String(id))).toMatchObject({ state: 'stopped' });
  const refused = await run('train', 'no-such-text', '--detach');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('There is no text called "no-such-text".');
}, 120_000);
