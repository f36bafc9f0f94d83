import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { writeCheckpoint } from '../../src/store/checkpoints.ts';
import { sendCommand, takeCommands } from '../../src/store/commands.ts';
import { recordSteps } from '../../src/store/metrics.ts';
import { openStore } from '../../src/store/open.ts';
import { processesHere } from '../../src/store/processes.ts';
import {
  claimRun,
  createRun,
  deleteRun,
  endRun,
  setRunState,
} from '../../src/store/run-lifecycle.ts';
import { getRun, listRuns } from '../../src/store/runs.ts';
import { checkpointOf, newRun, noon, stepsBetween } from './rows.ts';
import { temporaryStore } from './temporary.ts';

const minute = 60_000;

test('a run is read back as it was written, through all it goes through', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const begun = {
    ...newRun,
    ...{ tokenizer: 'char', name: null, note: null, pinned: false },
    id: 1,
    state: 'running',
    reason: null,
    created: noon,
    updated: noon,
    steps: 0,
    passes: 0,
    elapsed: 0,
    bitsPerCharacter: null,
    charsPerSecond: null,
    best: null,
  };
  expect(getRun(store, 1, noon)).toEqual(begun);

  setRunState(store, lease, 'paused', noon + 1);
  expect(getRun(store, 1, noon)).toEqual({ ...begun, state: 'paused', updated: noon + 1 });

  endRun(store, lease, { state: 'failed', reason: 'the loss was not finite' }, noon + 2);
  const failed = { state: 'failed', reason: 'the loss was not finite', updated: noon + 2 };
  expect(getRun(store, 1, noon + 2 * minute)).toEqual({ ...begun, ...failed });

  claimRun(store, 1, noon + 3);
  expect(getRun(store, 1, noon + 3)).toEqual({ ...begun, updated: noon + 3 });
});

test('runs are listed newest first; one that was not trained here has no settings', () => {
  const store = temporaryStore();
  createRun(store, newRun, noon);
  createRun(
    store,
    { ...newRun, origin: 'imported', settings: null, machine: null, parent: 1 },
    noon,
  );
  expect(listRuns(store, noon)).toMatchObject([
    { id: 2, origin: 'imported', settings: null, machine: null, parent: 1 },
    { id: 1, origin: 'trained', parent: null },
  ]);
  expect(() => getRun(store, 3, noon)).toThrow('There is no run 3.');
});

test.each([
  ['network', '{"cell":"lstm"', /Run 1 .* column network: it is not JSON/],
  ['network', '{"cell":"transformer"}', /Run 1 .* column network\.cell/],
  ['settings', '{}', /Run 1 .* column settings\.batch/],
  ['vocabulary', '["a"]', /Run 1 .* column vocabulary: it has not as many tokens/],
  ['state', 'asleep', /Run 1 .* column state/],
])('a run whose %s is damaged says so, and can be deleted', (column, value, message) => {
  const store = temporaryStore();
  endRun(store, createRun(store, newRun, noon), { state: 'stopped' }, noon);
  store.write(`UPDATE runs SET ${column} = @value`, { value });
  expect(() => getRun(store, 1, noon)).toThrow(message);
  deleteRun(store, 1, noon);
  expect(listRuns(store, noon)).toEqual([]);
});

describe('a run belongs to one process at a time', () => {
  test('a second one is refused while the first one lives, also in a pause', () => {
    const store = temporaryStore();
    const lease = createRun(store, newRun, noon);
    const refusal = /Run 1 is already being trained, by process \d+ on /;
    expect(() => claimRun(store, 1, noon + 1)).toThrow(refusal);
    setRunState(store, lease, 'paused', noon);
    expect(() => claimRun(store, 1, noon + 1)).toThrow(refusal);
    expect(() => deleteRun(store, 1, noon + 1)).toThrow(refusal);
  });

  test('a process that is gone lost it at once, one that is silent in time', () => {
    const store = temporaryStore();
    const here = { ...processesHere, began: 0, isAlive: (pid: number) => pid !== 12 };
    const alive = openStore(store.path, { processes: { ...here, pid: 11 } });
    const gone = openStore(store.path, { processes: { ...here, pid: 12 } });
    const far = openStore(store.path, { processes: { ...here, pid: 12, host: 'far away' } });
    for (const other of [alive, gone, far]) {
      createRun(other, newRun, noon);
      other.close();
    }

    const watcher = temporaryStore({ processes: here }, store.path);
    const states = (now: number) => listRuns(watcher, now).map(({ id, state }) => [id, state]);
    expect(states(noon + 9_000)).toEqual([
      [3, 'running'],
      [2, 'died'],
      [1, 'running'],
    ]);
    expect(states(noon + 11_000)).toEqual([
      [3, 'died'],
      [2, 'died'],
      [1, 'running'],
    ]);
    expect(states(noon + minute)).toEqual([
      [3, 'died'],
      [2, 'died'],
      [1, 'died'],
    ]);
    claimRun(watcher, 3, noon + 11_000);
    expect(states(noon + 11_000)[0]).toEqual([3, 'running']);
  });

  test('one that was held up and lost it can no longer write to it', () => {
    const store = temporaryStore();
    const late = createRun(store, newRun, noon);
    const lease = claimRun(store, 1, noon + minute);
    const later = noon + minute + 1;
    const lost = /training 1 no longer belongs to this process/;
    expect(() => recordSteps(store, late, stepsBetween(1, 3), later)).toThrow(lost);
    expect(() => writeCheckpoint(store, late, checkpointOf(3, 'last'), later)).toThrow(lost);
    expect(() => endRun(store, late, { state: 'stopped' }, later)).toThrow(lost);
    recordSteps(store, lease, stepsBetween(1, 2), later);
    expect(getRun(store, 1, later)).toMatchObject({ state: 'running', steps: 2 });
  });

  test('a finished one is not resumed', () => {
    const store = temporaryStore();
    endRun(store, createRun(store, newRun, noon), { state: 'finished' }, noon);
    expect(() => claimRun(store, 1, noon)).toThrow('Run 1 is finished');
    expect(getRun(store, 1, noon).state).toBe('finished');
  });

  test('what its last process was asked and did not do is not asked of the next', () => {
    const store = temporaryStore();
    const first = createRun(store, newRun, noon);
    sendCommand(store, 1, { command: 'stop' }, noon);
    endRun(store, first, { state: 'failed', reason: 'full disk' }, noon);
    expect(takeCommands(store, claimRun(store, 1, noon), noon)).toEqual([]);
  });
});

test('deleting a run gives its space back, and its number is not given again', () => {
  const store = temporaryStore();
  const size = () => statSync(store.path).size + statSync(`${store.path}-wal`).size;
  const empty = size();
  const lease = createRun(store, newRun, noon);
  createRun(store, { ...newRun, parent: 1 }, noon);
  recordSteps(store, lease, stepsBetween(1, 5000), noon);
  for (let kept = 1; kept <= 20; kept++) {
    writeCheckpoint(store, lease, checkpointOf(kept, 'kept'), noon);
  }
  endRun(store, lease, { state: 'stopped' }, noon);
  expect(size() - empty).toBeGreaterThan(20 * 6 * 16_000);

  deleteRun(store, 1, noon);
  expect(size() - empty).toBeLessThan(100_000);
  for (const table of ['steps', 'blocks', 'checkpoints', 'tensors']) {
    expect(store.rows(`SELECT * FROM ${table}`)).toEqual([]);
  }
  expect(listRuns(store, noon)).toMatchObject([{ id: 2, parent: null }]);
  expect(() => deleteRun(store, 1, noon)).toThrow('There is no run 1.');

  endRun(store, createRun(store, newRun, noon), { state: 'stopped' }, noon);
  deleteRun(store, 3, noon);
  expect(createRun(store, newRun, noon).run).toBe(4);
});
