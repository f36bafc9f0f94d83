import { expect, test } from 'vitest';
import { labelRun } from '../../src/store/labels.ts';
import { truncateAfter } from '../../src/store/metrics.ts';
import { createRun } from '../../src/store/run-lifecycle.ts';
import { getRun } from '../../src/store/runs.ts';
import { listUsage, recordUsage } from '../../src/store/usage.ts';
import { newRun, noon } from './rows.ts';
import { temporaryStore } from './temporary.ts';

test('a run keeps its name, its note and its pin, each by itself', () => {
  const store = temporaryStore();
  createRun(store, { ...newRun, name: 'first' }, noon);
  const labels = () => {
    const { name, note, pinned } = getRun(store, 1, noon);
    return { name, note, pinned };
  };
  expect(labels()).toEqual({ name: 'first', note: null, pinned: false });
  labelRun(store, 1, { note: ' without dropout ', pinned: true });
  expect(labels()).toEqual({ name: 'first', note: 'without dropout', pinned: true });
  labelRun(store, 1, { name: '  ', pinned: false });
  expect(labels()).toEqual({ name: null, note: 'without dropout', pinned: false });
  expect(() => labelRun(store, 1, { name: 'x'.repeat(61) })).toThrow(
    'The name of a run has at most 60 characters; this one has 61.',
  );
  expect(() => labelRun(store, 2, { pinned: true })).toThrow('There is no run 2.');
});

test('what a training takes is kept by its steps, and forgotten after one that it goes back to', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const at = (step: number, processors: number) => ({ step, elapsed: step, processors, memory: 7 });
  for (const usage of [at(1, 0.5), at(9, 1.5), at(9, 1.75)]) {
    recordUsage(store, lease, usage, noon);
  }
  expect(listUsage(store, 1)).toEqual([at(1, 0.5), at(9, 1.75)]);
  expect(listUsage(store, 1, 1)).toEqual([at(9, 1.75)]);
  truncateAfter(store, lease, 8, noon);
  expect(listUsage(store, 1)).toEqual([at(1, 0.5)]);
});
