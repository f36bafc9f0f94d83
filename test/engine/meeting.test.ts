import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { callOff, meetingPlace } from '../../src/engine/onnx/meeting.ts';

const meeting = new URL('../../src/engine/onnx/meeting.ts', import.meta.url).href;

/** Brings the whole numbers from 1 on, each to one meeting: of n threads, each every n-th of them. */
const code = `
  const { parentPort, workerData: { place, thread, times } } = require('node:worker_threads');
  import('${meeting}').then(({ sumOfAll }) => {
    const sums = [];
    try {
      for (let time = 0; time < times; time++) {
        sums.push(sumOfAll(place, thread, 1 + thread + time * place.threads));
      }
      parentPort.postMessage(sums);
    } catch (error) {
      parentPort.postMessage(error.message);
    }
  });
`;

function answers(place: ReturnType<typeof meetingPlace>, times: readonly number[]) {
  return times.map((times, thread) => {
    const worker = new Worker(code, { eval: true, workerData: { place, thread, times } });
    return new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  });
}

test.each([1, 2, 3])(
  '%i threads get the sum of all their numbers, time after time',
  async (threads) => {
    const times = 2000;
    const found = await Promise.all(
      answers(
        meetingPlace(threads),
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
  const place = meetingPlace(3);
  const waiting = Promise.all(answers(place, [5, 5]));
  while (Atomics.load(place.counts, 0) < 2) await new Promise((resolve) => setImmediate(resolve));
  callOff(place);
  const failed = 'another thread of the engine has failed';
  expect(await waiting).toEqual([failed, failed]);
  expect(await Promise.all(answers(place, [1]))).toEqual([failed]);
});
