import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  listCheckpoints,
  readState,
  readWeights,
  writeCheckpoint,
} from '../../src/store/checkpoints.ts';
import { createRun } from '../../src/store/run-lifecycle.ts';
import { refuseOtherByteOrder } from '../../src/store/tensors.ts';
import { checkpointOf, newRun, noon } from './rows.ts';
import { temporaryStore } from './temporary.ts';

/** The bits of an array: NaN and -0 are what they are. */
const bits = (data: Float32Array) => [
  ...new Uint32Array(data.buffer, data.byteOffset, data.length),
];

test('arrays come back bit for bit, in their order and their shapes', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const odd = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45, 3.4028234e38, -1.5];
  const data = new Float32Array([99, ...odd, 99]).subarray(1, 8);
  const event = {
    ...checkpointOf(5, 'last'),
    weights: {
      'z.first': { shape: [7], data },
      'a.second': { shape: [0, 3], data: new Float32Array() },
      scalar: { shape: [], data: new Float32Array([2]) },
    },
  };
  const id = writeCheckpoint(store, lease, event, noon);

  const weights = readWeights(store, id);
  expect(Object.entries(weights).map(([name, { shape }]) => [name, shape])).toEqual([
    ['z.first', [7]],
    ['a.second', [0, 3]],
    ['scalar', []],
  ]);
  expect(bits(weights['z.first']?.data ?? new Float32Array())).toEqual(bits(new Float32Array(odd)));
  expect(readState(store, id)).toEqual(event.state);
});

test('a run has one best and one last checkpoint, the newest, and all that were asked for', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  for (const step of [1, 2, 3]) {
    const { state, bitsPerCharacter, ...served } = checkpointOf(step, 'best');
    writeCheckpoint(store, lease, { ...served, bitsPerCharacter: 2 - step / 4 }, noon + step);
    writeCheckpoint(store, lease, checkpointOf(step, 'last'), noon + step);
    writeCheckpoint(store, lease, { ...served, kind: 'kept' }, noon + step);
  }
  const other = createRun(store, newRun, noon);
  writeCheckpoint(store, other, checkpointOf(9, 'best'), noon);

  const run = lease.run;
  const kept = { run, kind: 'kept', bitsPerCharacter: null, resumable: false };
  expect(listCheckpoints(store, run)).toEqual([
    { ...kept, id: 9, step: 3, created: noon + 3 },
    {
      run,
      id: 8,
      step: 3,
      kind: 'last',
      bitsPerCharacter: 1.25,
      created: noon + 3,
      resumable: true,
    },
    {
      run,
      id: 7,
      step: 3,
      kind: 'best',
      bitsPerCharacter: 1.25,
      created: noon + 3,
      resumable: false,
    },
    { ...kept, id: 6, step: 2, created: noon + 2 },
    { ...kept, id: 3, step: 1, created: noon + 1 },
  ]);
  expect(() => readState(store, 7)).toThrow(
    /Checkpoint 7 holds only weights, so training cannot resume/,
  );
  expect(() => readWeights(store, 4)).toThrow('Checkpoint 4 is no longer in the store.');
});

test('a checkpoint that cannot be written whole leaves the one before it', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const id = writeCheckpoint(store, lease, checkpointOf(1, 'last'), noon);
  const { weights, ...rest } = checkpointOf(2, 'last');
  const huge = { shape: [250_000_001], data: new Float32Array(250_000_001) };
  expect(() =>
    writeCheckpoint(store, lease, { ...rest, weights: { ...weights, huge } }, noon),
  ).toThrow('The array huge takes 1000000004 bytes; the store keeps up to 1000000000');
  expect(listCheckpoints(store, lease.run)).toMatchObject([{ id, step: 1 }]);
  expect(readState(store, id)).toEqual(checkpointOf(1, 'last').state);
});

test('checkpoints that take the place of others do not make the file grow', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const size = () => {
    store.giveBackSpace();
    return statSync(store.path).size;
  };
  writeCheckpoint(store, lease, checkpointOf(1, 'last'), noon);
  const one = size();
  for (let step = 2; step < 50; step++) {
    writeCheckpoint(store, lease, checkpointOf(step, 'last'), noon);
  }
  expect(size()).toBe(one);
});

test('a damaged checkpoint says which array, and what is wrong with it', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const id = writeCheckpoint(store, lease, checkpointOf(1, 'last'), noon);
  store.write(`UPDATE tensors SET data = zeroblob(12) WHERE name = 'second'`);
  expect(() => readWeights(store, id)).toThrow(
    'the array second has 12 bytes where its shape wants 16000',
  );
  store.write(`UPDATE tensors SET type = 'f16'`);
  expect(() => readWeights(store, id)).toThrow(/Checkpoint 1 is damaged .* column type/);
  store.write(`UPDATE checkpoints SET progress = '{"step":1}'`);
  expect(() => readState(store, id)).toThrow(
    /Checkpoint 1 is damaged .* column progress\.evaluated/,
  );
});

test('a machine with another byte order is refused', () => {
  expect(() => refuseOtherByteOrder('BE')).toThrow(
    'This machine is big-endian; the store is little-endian.',
  );
});
