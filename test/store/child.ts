/** What the tests of several processes run as a process of its own: `child.ts ACTION STORE [RUN]`. */
import { once } from 'node:events';
import { writeCheckpoint } from '../../src/store/checkpoints.ts';
import { recordSteps } from '../../src/store/metrics.ts';
import { openStore } from '../../src/store/open.ts';
import { claimRun, createRun } from '../../src/store/run-lifecycle.ts';
import { checkpointOf, newRun, stepsBetween } from './rows.ts';

const [, , action, path = '', run = ''] = process.argv;

/** Opens the store as soon as the input ends, and writes a thousand steps to it. */
async function record(): Promise<void> {
  console.log('ready');
  await once(process.stdin.resume(), 'end');
  const store = openStore(path);
  const lease = createRun(store, newRun, Date.now());
  for (let first = 1; first <= 1000; first += 10) {
    recordSteps(store, lease, stepsBetween(first, first + 9), Date.now());
  }
  store.close();
}

/** Takes a run up again and writes one checkpoint after another, until it is killed. */
function train(): void {
  const store = openStore(path);
  const lease = claimRun(store, Number(run), Date.now());
  console.log('claimed');
  for (let step = 1; step < 100_000; step++) {
    writeCheckpoint(store, lease, checkpointOf(step, 'last'), Date.now());
  }
}

if (action === 'record') await record();
if (action === 'train') train();
