import { parentPort, workerData } from 'node:worker_threads';
import { clipping, optimizer, stepScalars } from '../../network/optimizer.ts';
import { stateShapes } from '../../network/parameters.ts';
import { scoringGraph } from '../../network/scoring-graph.ts';
import { gradientGraph, tensorNames } from '../../network/training-graph.ts';
import type { StepOptions, StepResult } from '../engine.ts';
import { copyLanes, end, type LaneCall, type LaneJob, type TrainingJob } from './lane-thread.ts';
import { callOff, sumOfAll } from './meeting.ts';
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

const sequence = { unroll, vocabulary: config.vocabularySize, lanes: lanes.count };
const x = new OneHotColumns(session.input(tensorNames.x), sequence);
const target = new OneHotColumns(session.input(tensorNames.target), sequence);
const update = job.kind === 'training' ? updateOf(job) : undefined;
const states = stateShapes(config, lanes.count).map(({ name }) => name);

parentPort?.on('message', (call: LaneCall | typeof end) => {
  if (call === end) void finish();
  else answer(() => compute(call));
});
answer(async () => ({ loss: 0, gradientNorm: 0 }));

/** Lets the thread run out: broken off, while it computes or by `process.exit()`, it can take the whole process along. */
async function finish(): Promise<void> {
  await session.close();
  parentPort?.close();
}

async function compute(call: LaneCall): Promise<StepResult> {
  const loss = await computeWindow();
  return update && call.kind === 'step'
    ? update(loss, call.options)
    : { loss, gradientNorm: Number.NaN };
}

/** Takes the optimizer's step for this thread's share of the weights, by what all threads found. */
function updateOf({ updates, optimizerMemory, meeting, thread }: TrainingJob) {
  const { gatherGradients, adam } = optimizer(optimizerMemory, thread);
  return (ownLoss: number, options: StepOptions): StepResult => {
    const loss = sumOfAll(meeting, thread, ownLoss);
    const squares = updates.reduce((sum, { gradients }) => sum + gatherGradients(gradients), 0);
    const gradientNorm = Math.sqrt(sumOfAll(meeting, thread, squares));
    // Skip gradients that are not finite, so that the weights stay inspectable.
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return { loss, gradientNorm };
    const factor = clipping(gradientNorm, options.clip);
    const scalars = stepScalars(options.step, options.learningRate, options);
    for (const share of updates) {
      const [gradient] = share.gradients;
      if (gradient) adam(share, gradient, factor, scalars);
    }
    return { loss, gradientNorm };
  };
}

async function computeWindow(): Promise<number> {
  x.write(window.inputs, lanes.first, lanes.width);
  target.write(window.targets, lanes.first, lanes.width);
  if (job.kind === 'training') readOutputMasks(job.outputMasks);
  await session.run();
  for (const name of states) session.input(name).set(session.result(tensorNames.next(name)));
  return job.kind === 'training' ? (session.result('loss')[0] ?? Number.NaN) : 0;
}

function readOutputMasks(masks: readonly Float32Array[]): void {
  masks.forEach((mask, layer) => {
    copyLanes(lanes, mask, session.input(tensorNames.outputMask(layer)), 'in');
  });
}

function answer(work: () => Promise<StepResult>): void {
  work().then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) => {
      if (job.kind === 'training') callOff(job.meeting);
      parentPort?.postMessage({ failure: String(error) });
    },
  );
}
