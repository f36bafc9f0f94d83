import { workerData } from 'node:worker_threads';
import { clipping, optimizer, stepScalars } from '../../network/optimizer.ts';
import { stateShapes } from '../../network/parameters.ts';
import { scoringGraph } from '../../network/scoring-graph.ts';
import { gradientGraph, tensorNames } from '../../network/training-graph.ts';
import { serveThread } from '../../threads/serve.ts';
import type { StepOptions, StepResult } from '../engine.ts';
import { abort, allReduceSum } from './all-reduce.ts';
import { copyIds, copyLanes } from './batch-slice.ts';
import type { TrainingJob, WorkerJob } from './jobs.ts';
import { GraphSession } from './session.ts';

// A thread of the engine: it computes its slice of every window that the shared arrays hold, on one processor.

const job: WorkerJob = workerData;
const { config, slice, unroll, window } = job;
const training =
  job.kind === 'training' ? { barrier: job.barrier, update: updateOf(job) } : undefined;
let opened: GraphSession | undefined;

const handlers = {
  /** Makes the session; before anything else is asked. */
  open: async (): Promise<void> => {
    opened = await open();
  },
  /** The slice's share of the window's loss, its gradients or its nats, and its states after the window. */
  window: (): Promise<number> => computeWindow(),
  /** A step of a training, together with all other workers, which answer alike. */
  step: async (options: StepOptions): Promise<StepResult> => {
    if (!training) throw new TypeError('only a training takes steps');
    try {
      return training.update(await computeWindow(), options);
    } catch (error) {
      abort(training.barrier);
      throw error;
    }
  },
};

export type WorkerHandlers = typeof handlers;

serveThread(handlers, { inOrder: true, close: async () => opened?.close() });

function open(): Promise<GraphSession> {
  const graph =
    job.kind === 'scoring'
      ? scoringGraph(config, slice.count, unroll)
      : gradientGraph({
          ...{ config, unroll, dropout: job.dropout },
          ...{ lanes: slice.count, batch: slice.width },
        });
  return GraphSession.create(graph, job.arrays, 1);
}

async function computeWindow(): Promise<number> {
  if (!opened) throw new TypeError('the worker is not open');
  const session = opened;
  copyIds(slice, window.inputs, session.ids(tensorNames.ids));
  copyIds(slice, window.targets, session.ids(tensorNames.targets));
  if (job.kind === 'training') {
    for (const [layer, mask] of job.outputMasks.entries()) {
      copyLanes(slice, mask, session.input(tensorNames.outputMask(layer)), 'in');
    }
  }
  await session.run();
  for (const { name } of stateShapes(config, slice.count)) {
    session.input(name).set(session.result(tensorNames.next(name)));
  }
  return job.kind === 'training' ? (session.result('loss')[0] ?? Number.NaN) : 0;
}

/** The optimizer's step for this worker's shards, by the gradients of all. */
function updateOf({ shards, optimizerMemory, barrier, thread }: TrainingJob) {
  const { gatherGradients, adam } = optimizer(optimizerMemory, thread);
  return (ownLoss: number, options: StepOptions): StepResult => {
    const loss = allReduceSum(barrier, thread, ownLoss);
    const squares = shards.reduce((sum, { gradients }) => sum + gatherGradients(gradients), 0);
    const gradientNorm = Math.sqrt(allReduceSum(barrier, thread, squares));
    // Skip gradients that are not finite, so that the weights stay inspectable.
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) return { loss, gradientNorm };
    const factor = clipping(gradientNorm, options.clip);
    const scalars = stepScalars(options.step, options.learningRate, options);
    for (const shard of shards) {
      const [gradient] = shard.gradients;
      if (gradient) adam(shard, gradient, factor, scalars);
    }
    return { loss, gradientNorm };
  };
}
