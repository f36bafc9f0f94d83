/**
 * What the test of killed trainings runs as a process of its own: `child.ts STORE CHECKPOINT_EVERY [RUN]` trains,
 * or resumes. It tells of each event in a line, and goes on when it is given one.
 */
import { createInterface } from 'node:readline';
import { planTraining } from '../../src/run/plan.ts';
import { resumeRun, trainRun } from '../../src/run/training-run.ts';
import { openStore } from '../../src/store/open.ts';
import { tools, wish } from './runs.ts';

const [, , path = '', checkpointEvery, run] = process.argv;

const store = openStore(path);
const here = tools(store, { now: Date.now, checkpointEvery: Number(checkpointEvery) });
const events =
  run === undefined
    ? trainRun(here, await planTraining(store, here.engine, wish, Date.now()))
    : resumeRun(here, Number(run));
const given = createInterface(process.stdin)[Symbol.asyncIterator]();
for await (const event of events) {
  console.log(event.type);
  await given.next();
}
