import { Connection } from '../../src/engine/torch/connection.ts';
import { torchTrainer } from '../../src/engine/torch/trainer.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { Random } from '../../src/text/random.ts';
import { beginning, everyDropout, randomMasks, randomWindow } from './networks.ts';

// Trains in two processes of PyTorch until it is killed, and says which they are.

const config: NetworkConfig = {
  ...{ cell: 'gru', vocabularySize: 7, embedding: 5, hidden: 8, layers: 1 },
};
const [batch, unroll] = [4, 6];
const random = Random.seeded(1, 'child');
const placement = { processes: 2, nodes: 1 };
const connection = await Connection.open(process.env.ESCRIBA_PYTHON ?? 'python3', 2, placement);
const setup = { config, batch, unroll, dropout: everyDropout(config), keepsEma: true, threads: 2 };
const trainer = await torchTrainer(connection, setup, beginning(config, batch, random), 'fp32');
const window = randomWindow(config, batch * unroll, random);
const masks = randomMasks(config, batch, random);
const options = { learningRate: 0.01, weightDecay: 0, clip: 1, emaDecay: 0.9, resetState: false };
for (let step = 1; ; step++) {
  await trainer.step(window, masks, { ...options, step });
  if (step === 1) console.log(JSON.stringify(connection.hello.pids));
}
