import { spawnSync } from 'node:child_process';
import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeCheckpoint } from '../../src/store/checkpoints.ts';
import { StoreFull } from '../../src/store/failures.ts';
import { openStore } from '../../src/store/open.ts';
import { createRun, deleteRun, endRun } from '../../src/store/run-lifecycle.ts';
import { listRunIds } from '../../src/store/runs.ts';
import { checkpointOf, newRun, noon } from './rows.ts';
import { temporaryDirectory } from './temporary.ts';

/** A disk of so many bytes, where this system lets us have one. */
function smallDisk(bytes: number): string | undefined {
  const directory = temporaryDirectory();
  const words = ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', directory];
  if (spawnSync('mount', words).status !== 0) return undefined;
  onTestFinished(() => {
    spawnSync('umount', ['-l', directory]);
  });
  return directory;
}

/** Fills a disk up to so many bytes. */
function fill(directory: string, free: number): void {
  const file = openSync(join(directory, 'filling'), 'w');
  try {
    const { bavail, bsize } = statfsSync(directory);
    for (let left = bavail * bsize - free; left > 0; left -= 4096) {
      writeSync(file, Buffer.alloc(Math.min(left, 4096), 1));
    }
  } catch {
    // It is full.
  }
  closeSync(file);
}

/** A store on a disk of 24 MB, with two runs of 5 MB each. */
function storeOnSmallDisk(free: number): string | undefined {
  const directory = smallDisk(24 * 1024 * 1024);
  if (!directory) return undefined;
  const path = join(directory, 'escriba.db');
  const store = openStore(path);
  const { state: _, ...checkpoint } = checkpointOf(1, 'best');
  const array = { shape: [1_250_000], data: new Float32Array(1_250_000) };
  for (const weights of [{ array }, { array }]) {
    const lease = createRun(store, newRun, noon);
    writeCheckpoint(store, lease, { ...checkpoint, weights }, noon);
    endRun(store, lease, { state: 'finished' }, noon);
  }
  store.close();
  fill(directory, free);
  return path;
}

const size = (path: string) => statSync(path).size;

test('on a disk without any room runs are read, and deleted where nothing else will', ({
  skip,
}) => {
  const path = storeOnSmallDisk(0);
  if (!path) return skip();
  const reader = openStore(path, { readonly: true });
  expect(listRunIds(reader)).toEqual([2, 1]);
  reader.close();
  const before = size(path);
  expect(() => {
    const store = openStore(path);
    try {
      deleteRun(store, 2, noon);
    } finally {
      store.close();
    }
  }).toThrow(StoreFull);
  const sparing = openStore(path, { withoutRoom: true });
  deleteRun(sparing, 2, noon);
  sparing.close();
  expect(size(path)).toBeLessThan(before - 4_900_000);
  rmSync(join(path, '..', 'filling'));
  const store = openStore(path);
  expect(listRunIds(store)).toEqual([1]);
  expect(store.row('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  store.close();
});

test('with a megabyte of room a deleted run gives its space back', ({ skip }) => {
  const path = storeOnSmallDisk(1024 * 1024);
  if (!path) return skip();
  const before = size(path);
  const store = openStore(path);
  // The first one: what lies behind it has to be moved.
  deleteRun(store, 1, noon);
  expect(size(path)).toBeLessThan(before - 4_900_000);
  expect(listRunIds(store)).toEqual([2]);
  store.close();
  expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
});
