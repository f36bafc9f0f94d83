import { loadTensorFlow } from '../../src/engine/tfjs/load.ts';
import type { CellName } from '../../src/network/cells/cells.ts';
import { report } from '../ours/report.ts';
import { readIds, readTrainingJob, warmUpSteps } from '../ours/training-job.ts';

// How many tokens a second TensorFlow.js learns from with the layers that come with it, as its users write it.
// It clips no gradients, for its layers cannot.

const { batch, unroll, ...job } = readTrainingJob();
const tf = loadTensorFlow(job.threads);

const layer = { units: job.hidden, returnSequences: true, stateful: true };
function layerOf(cell: CellName) {
  switch (cell) {
    case 'lstm':
      return tf.layers.lstm({ ...layer, recurrentActivation: 'sigmoid' });
    case 'gru':
      return tf.layers.gru({ ...layer, recurrentActivation: 'sigmoid' });
    case 'classic':
      return tf.layers.simpleRNN(layer);
    default:
      throw new TypeError(`TensorFlow.js comes with no ${cell}`);
  }
}

const model = tf.sequential({
  layers: [
    tf.layers.embedding({
      inputDim: job.vocabulary,
      outputDim: job.embedding,
      batchInputShape: [batch, unroll],
    }),
    layerOf(job.cell),
    tf.layers.dense({ units: job.vocabulary, activation: 'softmax' }),
  ],
});
model.compile({ optimizer: tf.train.adam(2e-3), loss: 'sparseCategoricalCrossentropy' });

const text = await readIds(job.ids);
const lane = Math.floor(text.length / batch);
const windows = Math.floor((lane - 1) / unroll);

let began = performance.now();
for (let step = 0; ; step++) {
  if (step === warmUpSteps) began = performance.now();
  await train(step);
  const elapsed = (performance.now() - began) / 1000;
  if (step < warmUpSteps || elapsed < job.seconds) continue;
  report(((step + 1 - warmUpSteps) * batch * unroll) / elapsed);
  break;
}

async function train(step: number): Promise<void> {
  const start = (step % windows) * unroll;
  const x = tf.tensor2d(window(start), [batch, unroll], 'int32');
  const y = tf.tensor3d(Float32Array.from(window(start + 1)), [batch, unroll, 1]);
  const loss = await model.trainOnBatch(x, y);
  if (!Number.isFinite(Number(loss))) throw new Error(`the loss became ${loss}`);
  tf.dispose([x, y]);
}

/** The tokens of every lane from `start` on, [B·T]. */
function window(start: number): Int32Array {
  const ids = new Int32Array(batch * unroll);
  for (let b = 0; b < batch; b++) {
    ids.set(text.subarray(b * lane + start, b * lane + start + unroll), b * unroll);
  }
  return ids;
}
