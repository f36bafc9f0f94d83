import { expect, test } from 'vitest';
import { resumeNotices } from '../../src/run/resume-notices.ts';
import { createRun } from '../../src/store/run-lifecycle.ts';
import { findUnknownSettings, getRun } from '../../src/store/runs.ts';
import { newRun, noon } from '../store/rows.ts';
import { temporaryStore } from '../store/temporary.ts';

const machine = {
  version: '1.0.0',
  engine: 'onnx',
  engineVersion: '1.30.0',
  processor: 'A',
  threads: 2,
};

test('what differs on resuming is said, and nothing where nothing does', () => {
  expect(resumeNotices(machine, machine, {}, 2)).toEqual([]);
  const { version: _, ...older } = machine;
  expect(resumeNotices(older, machine, {}, 2)).toEqual([]);
  const here = { ...machine, version: '1.1.0', processor: 'B', threads: 16 };
  expect(resumeNotices(machine, here, { heat: 3 }, 2)).toEqual([
    'This run was started with Escriba 1.0.0, the processor A, threads: 2 and resumes with Escriba 1.1.0, the processor B, threads: 16: its last digits can differ.',
    'It uses 16 threads, and this machine has 2 processors: `--threads 2` is faster.',
    'It was started with heat 3, which this version of Escriba does not know and ignores.',
  ]);
});

test('another device than the one that a run was started on is said, both ways', () => {
  const onCard = { ...machine, card: 'NVIDIA GeForce RTX 4070' };
  expect(resumeNotices(machine, onCard, {}, 2)).toEqual([
    'This run was started with no graphics card and resumes with the graphics card NVIDIA GeForce RTX 4070: its last digits can differ.',
  ]);
  expect(resumeNotices(onCard, machine, {}, 2)).toEqual([
    'This run was started with the graphics card NVIDIA GeForce RTX 4070 and resumes with no graphics card: its last digits can differ.',
  ]);
  expect(resumeNotices(onCard, onCard, {}, 2)).toEqual([]);
});

test('settings of a version that knew more are found', () => {
  const store = temporaryStore();
  createRun(store, newRun, noon);
  expect(findUnknownSettings(store, 1)).toEqual({});
  // As a run of before these were renamed has it.
  const { emaDecay: averaging, finalRatio: finalShare, ...others } = newRun.settings ?? {};
  const settings = JSON.stringify({ ...others, averaging, finalShare });
  store.write('UPDATE runs SET settings = @settings', { settings });
  expect(findUnknownSettings(store, 1)).toEqual({});
  expect(getRun(store, 1, noon).settings).toEqual(newRun.settings);
  store.write(`UPDATE runs SET settings = json_set(settings, '$.heat', 3)`);
  expect(findUnknownSettings(store, 1)).toEqual({ heat: 3 });
});
