import type { Engine } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { cardEngine } from '../../src/engine/onnx/webgpu/engine.ts';
import { loadTfjsEngine } from '../../src/engine/tfjs/load.ts';
import { loadTorchEngine } from '../../src/engine/torch/engine.ts';
import { completeSettings } from '../../src/train/defaults.ts';
import { train } from '../../src/train/train.ts';
import { report } from './report.ts';
import { readIds, readTrainingJob, warmUpSteps } from './training-job.ts';

const job = readTrainingJob();
const training = await readIds(job.ids);
const config = {
  cell: job.cell,
  vocabularySize: job.vocabulary,
  embedding: job.embedding,
  hidden: job.hidden,
  layers: 1,
};
const events = train({
  engine: await engineOf(job),
  threads: job.threads,
  config,
  // As the peers train: without dropout and without averaging, and with nothing held out.
  settings: completeSettings(
    {
      batch: job.batch,
      unroll: job.unroll,
      steps: 1_000_000,
      dropout: 0,
      emaDecay: 0,
      randomSeed: 1,
      heldOut: 'none',
    },
    config,
    { training: training.length, validation: 0, tokenizer: 'char' },
  ),
  training,
  validation: null,
  tokenizer: { kind: 'char', newlineId: 0, lengths: new Int32Array(job.vocabulary).fill(1) },
  lastGood: () => null,
  draw: async () => '',
});

async function engineOf({ engine, device, threads, precision }: typeof job): Promise<Engine> {
  if (device === 'gpu') return cardEngine('the card');
  if (engine === 'tfjs') return loadTfjsEngine(threads);
  if (engine === 'torch') return loadTorchEngine({ threads, precision, processes: 1, nodes: 1 });
  return onnxEngine;
}

let tokens = 0;
let began = performance.now();
for await (const event of events) {
  if (event.type !== 'step') continue;
  tokens += event.tokens;
  if (event.step === warmUpSteps) {
    tokens = 0;
    began = performance.now();
  }
  const elapsed = (performance.now() - began) / 1000;
  if (event.step > warmUpSteps && elapsed >= job.seconds) {
    report(tokens / elapsed);
    break;
  }
}
