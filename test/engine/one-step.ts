import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { trainableArrays } from '../../src/network/optimizer.ts';
import { zeros } from '../../src/network/parameters.ts';

// Prints the loss of a network of zeros in one step of two threads.

const config: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: 7,
  embedding: 5,
  hidden: 8,
  layers: 1,
};
const dropout = { outputs: false, recurrent: false };
const setup = { config, batch: 4, unroll: 3, threads: 2, dropout, keepsEma: true };
const trainer = await onnxEngine.trainer(setup, zeros(trainableArrays(setup)));
const ids = Int32Array.from({ length: 12 }, (_, index) => index % 7);
const { loss } = await trainer.step(
  { inputs: ids, targets: ids },
  { recurrent: {}, layers: [] },
  { step: 1, learningRate: 0.001, weightDecay: 0, clip: 1, emaDecay: 0.9, resetState: false },
);
await trainer.close();
console.log(loss);
