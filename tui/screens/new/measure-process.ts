import { onnxEngine } from '../../../src/engine/onnx/engine.ts';
import { EscribaError } from '../../../src/errors.ts';
import { parameterCount } from '../../../src/network/parameters.ts';
import { openCorpus } from '../../../src/run/corpora.ts';
import { measureSpeed } from '../../../src/run/measure.ts';
import { networkOfRun } from '../../../src/run/models.ts';
import { prepareText } from '../../../src/run/prepare.ts';
import type { Store } from '../../../src/store/database.ts';
import { openStore } from '../../../src/store/open.ts';
import { charactersIn } from '../../../src/text/tokenizer/tokenizer.ts';
import { completeSettings } from '../../../src/train/defaults.ts';
import { type Measured, measuringForm } from './measuring.ts';

/** A process of its own that tries for two seconds how fast a network trains here, and writes what it found as JSON. */
const [path = '', wish = '{}'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await found())}\n`);

async function found(): Promise<Measured | { readonly failure: string }> {
  try {
    const store = openStore(path, { readonly: true });
    try {
      return await measured(store);
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof EscribaError) return { failure: error.message };
    throw error;
  }
}

async function measured(store: Store): Promise<Measured> {
  const { corpus, batch, unroll, dropout, from, threads, ...shape } = measuringForm.parse(
    JSON.parse(wish),
  );
  const begun = from === null ? undefined : networkOfRun(store, from, Date.now());
  const text = prepareText(await openCorpus(store, corpus), 'units', begun?.tokenizer);
  const network = begun?.config ?? { ...shape, vocabularySize: text.tokenizer.size };
  const settings = completeSettings(
    { batch, unroll, steps: 1000, randomSeed: 0, heldOut: 'units', dropout },
    network.hidden,
    { training: text.training.length, validation: text.validation?.length ?? 0 },
  );
  const tokens = text.training.length;
  const characters = charactersIn(text.tokenizer, text.training);
  const tokensPerSecond = await measureSpeed(onnxEngine, network, settings, threads);
  return {
    parameters: parameterCount(network),
    ...{ characters, tokens },
    charsPerSecond: (tokensPerSecond * characters) / tokens,
    memory: process.resourceUsage().maxRSS * 1024,
  };
}
