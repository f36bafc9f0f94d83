import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { abort, newBarrier } from '../../src/engine/onnx/all-reduce.ts';

const file = new URL('../../src/engine/onnx/all-reduce.ts', import.meta.url).href;

/** Brings the whole numbers from 1 on, each to one sum: of n threads, each every n-th of them. */
const code = `
  const { parentPort, workerData: { barrier, thread, times } } = require('node:worker_threads');
  import('${file}').then(({ allReduceSum }) => {
    const sums = [];
    try {
      for (let time = 0; time < times; time++) {
        sums.push(allReduceSum(barrier, thread, 1 + thread + time * barrier.threads));
      }
      parentPort.postMessage(sums);
    } catch (error) {
      parentPort.postMessage(error.message);
    }
  });
`;

function answers(barrier: ReturnType<typeof newBarrier>, times: readonly number[]) {
  return times.map((times, thread) => {
    const worker = new Worker(code, { eval: true, workerData: { barrier, thread, times } });
    return new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  });
}

test.each([1, 2, 3])(
  '%i threads get the sum of all their numbers, time after time',
  async (threads) => {
    const times = 2000;
    const found = await Promise.all(
      answers(
        newBarrier(threads),
        Array.from({ length: threads }, () => times),
      ),
    );
    const sums = Array.from({ length: times }, (_, time) => {
      const first = 1 + time * threads;
      return threads * first + (threads * (threads - 1)) / 2;
    });
    for (const each of found) expect(each).toEqual(sums);
  },
);

test('nobody waits for a thread that has failed', async () => {
  const barrier = newBarrier(3);
  const waiting = Promise.all(answers(barrier, [5, 5]));
  while (Atomics.load(barrier.counts, 0) < 2) await new Promise((resolve) => setImmediate(resolve));
  abort(barrier);
  const failed = 'another thread of the engine has failed';
  expect(await waiting).toEqual([failed, failed]);
  expect(await Promise.all(answers(barrier, [1]))).toEqual([failed]);
});
