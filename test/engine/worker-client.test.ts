import { expect, onTestFinished, test } from 'vitest';
import type { StepOptions, TrainerSetup } from '../../src/engine/engine.ts';
import { trainingJobs, trainingMemory } from '../../src/engine/onnx/training-memory.ts';
import { askAll, closeAll, startWorkers } from '../../src/engine/onnx/worker-client.ts';
import { Random } from '../../src/text/random.ts';
import { beginning } from './networks.ts';

const setup: TrainerSetup = {
  config: { cell: 'lstm', vocabularySize: 7, embedding: 5, hidden: 8, layers: 1 },
  batch: 3,
  unroll: 2,
  threads: 3,
  dropout: { outputs: true, recurrent: false },
  keepsEma: false,
};
const options: StepOptions = {
  step: 1,
  learningRate: 0.01,
  weightDecay: 0,
  clip: 1,
  emaDecay: 0,
  resetState: false,
};

function jobs() {
  const state = beginning(setup.config, setup.batch, Random.seeded(1, 'workers'));
  return trainingJobs(setup, trainingMemory(setup, state));
}

test('a worker that fails in a step calls off the others, and its reason is told', async () => {
  const workers = await startWorkers(
    jobs().map((job, index) =>
      // A mask of more units than the layer has.
      index === 1 ? { ...job, outputMasks: [new Float32Array(1000)] } : job,
    ),
  );
  onTestFinished(() => closeAll(workers));
  const step = () => askAll(workers, (worker) => worker.call('step', options));
  await expect(step()).rejects.toThrow('offset is out of bounds');
  // Nobody waits in the next step either.
  await expect(step()).rejects.toThrow('offset is out of bounds');
});

test('a worker that ends calls off the others', async () => {
  const workers = await startWorkers(jobs());
  onTestFinished(() => closeAll(workers));
  await workers[2]?.close();
  await expect(workers[0]?.call('step', options)).rejects.toThrow(
    'another thread of the engine has failed',
  );
});

test('where a worker cannot start the others end, and its reason is told', async () => {
  const started = startWorkers(
    jobs().map((job, index) => (index === 2 ? { ...job, unroll: -1 } : job)),
  );
  await expect(started).rejects.toThrow(
    'crossEntropy cannot take the shapes [1, 7, 1] and [-1, 1]',
  );
});
