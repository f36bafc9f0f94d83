import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { listCheckpoints, readState, readWeights } from '../../src/store/checkpoints.ts';
import { claimRun, createRun, endRun } from '../../src/store/run-lifecycle.ts';
import { getRun, listRuns } from '../../src/store/runs.ts';
import { newRun } from './rows.ts';
import { temporaryDirectory, temporaryStore } from './temporary.ts';

/** Starts `child.ts`; killed if the test ends before it does. */
function start(...words: string[]) {
  const script = fileURLToPath(new URL('./child.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', script, ...words],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

test('four processes make one new store at once and write to it: no row is lost', async () => {
  const path = join(temporaryDirectory(), 'escriba.db');
  const children = [1, 2, 3, 4].map(() => start('record', path));
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  for (const child of children) child.stdin.end();
  const codes = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(codes).toEqual(codes.map(() => [0, null]));

  const store = temporaryStore({}, path);
  const counts = store.rows(
    'SELECT run, count(*) AS count, sum(step) AS sum FROM steps GROUP BY run',
  );
  expect(counts).toEqual([1, 2, 3, 4].map((run) => ({ run, count: 1000, sum: 500_500 })));
  expect(listRuns(store, Date.now()).map((run) => [run.id, run.state, run.steps])).toEqual(
    [4, 3, 2, 1].map((run) => [run, 'died', 1000]),
  );
  expect(store.row('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
});

test('kill -9 of a training at any moment: its checkpoint is whole, and it can be resumed', async () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, Date.now());
  endRun(store, lease, { state: 'stopped' }, Date.now());

  for (const milliseconds of [1, 4, 13, 40, 77, 130]) {
    const child = start('train', store.path, String(lease.run));
    await once(child.stdout, 'data');
    expect(getRun(store, lease.run, Date.now()).state).toBe('running');
    expect(() => claimRun(store, lease.run, Date.now())).toThrow(
      `Run ${lease.run} is already being trained, by process ${child.pid}`,
    );
    await setTimeout(milliseconds);
    child.kill('SIGKILL');
    await once(child, 'exit');

    expect(getRun(store, lease.run, Date.now()).state).toBe('died');
    expect(store.row('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    for (const { id, step } of listCheckpoints(store, lease.run)) {
      const state = readState(store, id);
      expect(state.progress.step).toBe(step);
      for (const arrays of [readWeights(store, id), state.arrays]) {
        expect(Object.keys(arrays)).toEqual(['first', 'second', 'third']);
        for (const { data } of Object.values(arrays)) {
          expect(data).toEqual(new Float32Array(4000).fill(step));
        }
      }
    }
  }
  expect(listCheckpoints(store, lease.run)).toHaveLength(1);
});
