import { randomInt } from 'node:crypto';
import { bible } from '../../../data/bible.ts';
import { modelOfRun } from '../../run/models.ts';
import { sizes } from '../../train/defaults.ts';
import { defineCommand, option } from '../define-command.ts';
import { usualThreads } from '../engines.ts';
import { followNewRun } from '../follow-training.ts';
import { decimal } from '../forms.ts';
import { withStore } from '../store.ts';
import { showText, usualTemperature, writeText } from '../write-text.ts';

export const start = defineCommand({
  arguments: {},
  options: { seconds: option('N', 'how long to train', decimal(1, 1e6).default(60)) },
  run: (cli, { seconds }) =>
    withStore(cli, async (store) => {
      const { embedding, hidden, batch, unroll } = sizes.small;
      const following = { engine: 'onnx', json: false };
      const ended = await followNewRun(cli, store, following, {
        corpus: bible.name,
        network: { cell: 'lstm', embedding, hidden, layers: 1 },
        batch,
        unroll,
        budget: { minutes: seconds / 60 },
        heldOut: 'units',
        randomSeed: randomInt(2 ** 32),
        threads: usualThreads,
        from: null,
      });
      if (ended === null || ended.reason === 'stopped') return;
      const model = modelOfRun(store, ended.run, cli.now());
      const written = writeText(model, {
        seed: 'Henrique',
        temperature: usualTemperature,
        topP: 1,
        topK: 0,
        verses: 3,
        characters: 1000,
        randomSeed: randomInt(2 ** 32),
      });
      cli.terminal.print('');
      await showText(cli.terminal, written);
    }),
});
