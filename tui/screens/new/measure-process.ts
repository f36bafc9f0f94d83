import { onnxEngine } from '../../../src/engine/onnx/engine.ts';
import { parameterCount } from '../../../src/network/parameters.ts';
import { openCorpus } from '../../../src/run/corpora.ts';
import { measureSpeed } from '../../../src/run/measure.ts';
import { modelOfRun } from '../../../src/run/models.ts';
import { prepareText } from '../../../src/run/prepare.ts';
import { openStore } from '../../../src/store/open.ts';
import { completeSettings } from '../../../src/train/defaults.ts';
import { type Measured, measuringForm } from './measuring.ts';

/** A process of its own that tries for two seconds how fast a network trains here, and writes what it found as JSON. */
const [path = '', wish = '{}'] = process.argv.slice(2);
const { corpus, cell, hidden, layers, embedding, batch, unroll, dropout, from, threads } =
  measuringForm.parse(JSON.parse(wish));
const store = openStore(path, { readonly: true });
const begun = from === null ? undefined : modelOfRun(store, from, Date.now());
const text = prepareText(await openCorpus(store, corpus), 'units', begun?.tokenizer);
const network = begun?.config ?? {
  cell,
  hidden,
  layers,
  embedding,
  vocabularySize: text.tokenizer.size,
};
const settings = completeSettings(
  { batch, unroll, steps: 1000, randomSeed: 0, heldOut: 'units', dropout },
  network.hidden,
  { training: text.training.length, validation: text.validation?.length ?? 0 },
);
const measured: Measured = {
  parameters: parameterCount(network),
  characters: text.training.length,
  charactersPerSecond: await measureSpeed(onnxEngine, network, settings, threads),
  memory: process.resourceUsage().maxRSS * 1024,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
store.close();
