import { parentPort, workerData } from 'node:worker_threads';
import { stateShapes } from '../../network/parameters.ts';
import { scoringGraph } from '../../network/scoring-graph.ts';
import { gradientGraph, names, updateGraph } from '../../network/training-graph.ts';
import { copyLanes, end, type LaneCall, type LaneJob, type TrainingJob } from './lane-thread.ts';
import { OneHotColumns } from './one-hot.ts';
import { GraphSession } from './session.ts';

// One thread of the engine: it computes its lanes of every window that the shared arrays hold, one call after the
// other, on one processor.

const job: LaneJob = workerData;
const { config, lanes, unroll, window } = job;

const graph =
  job.kind === 'scoring'
    ? scoringGraph(config, lanes.count, unroll)
    : gradientGraph({
        config,
        lanes: lanes.count,
        batch: lanes.width,
        unroll,
        dropout: job.dropout,
      });
const session = await GraphSession.create(graph, job.arrays, 1);
const update = job.kind === 'training' ? await updateSession(job.update) : undefined;

const sequence = { unroll, vocabulary: config.vocabularySize, lanes: lanes.count };
const x = new OneHotColumns(session.input(names.x), sequence);
const target = new OneHotColumns(session.input(names.target), sequence);
const states = stateShapes(config, lanes.count).map(({ name }) => name);

parentPort?.on('message', (call: LaneCall | typeof end) => {
  if (call === end) void finish();
  else answer(call === 'window' ? computeWindow : computeUpdate);
});
answer(async () => 0);

/** Ended from outside while it computes, the runtime takes the whole process along. */
async function finish(): Promise<void> {
  await session.close();
  await update?.close();
  process.exit();
}

async function computeWindow(): Promise<number> {
  x.write(window.inputs, lanes.first, lanes.width);
  target.write(window.targets, lanes.first, lanes.width);
  if (job.kind === 'training') readOutputMasks(job.outputMasks);
  await session.run();
  for (const name of states) session.input(name).set(session.result(names.next(name)));
  return job.kind === 'training' ? (session.result('loss')[0] ?? Number.NaN) : 0;
}

async function computeUpdate(): Promise<number> {
  await update?.run();
  return update?.result('gradientNorm')[0] ?? Number.NaN;
}

function readOutputMasks(masks: readonly Float32Array[]): void {
  masks.forEach((mask, layer) => {
    copyLanes(lanes, mask, session.input(names.outputMask(layer)), 'in');
  });
}

function updateSession(given: TrainingJob['update']): Promise<GraphSession> {
  const { groups, averaging, owned, arrays } = given;
  return GraphSession.create(updateGraph(config, groups, averaging, owned), arrays, 1);
}

function answer(work: () => Promise<number>): void {
  work().then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) => parentPort?.postMessage({ failure: String(error) }),
  );
}
