import { onnxEngine } from '../../../src/engine/onnx/engine.ts';
import { cardEngine } from '../../../src/engine/onnx/webgpu/engine.ts';
import { EscribaError } from '../../../src/errors.ts';
import { parameterCount } from '../../../src/network/parameters.ts';
import { openCorpus } from '../../../src/run/corpora.ts';
import { measureSpeed } from '../../../src/run/measure.ts';
import { extendedNetwork, tokenizerFor } from '../../../src/run/plan.ts';
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
  const { batch, unroll, dropout, heldOut, from, threads, tokenizer, device, ...asked } =
    measuringForm.parse(JSON.parse(wish));
  const { corpus: name, recurrentDropout, passes, vocabularySize, ...shape } = asked;
  const corpus = await openCorpus(store, name);
  // As a training does that begins with a run: with the characters of this text beside its own.
  const begun =
    from === null ? undefined : extendedNetwork(store, from, corpus, { randomSeed: 0 }, Date.now());
  const chosen =
    tokenizer === 'bpe' && vocabularySize !== null
      ? { kind: tokenizer, size: vocabularySize }
      : tokenizer && { kind: tokenizer };
  const made = tokenizerFor({ ...shape, tokenizer: chosen ?? undefined });
  const text = prepareText(corpus, heldOut, begun?.tokenizer ?? made);
  const network = begun?.config ?? { ...shape, vocabularySize: text.tokenizer.size };
  const tokens = text.training.length;
  const settings = completeSettings(
    {
      ...{ batch, unroll, randomSeed: 0, heldOut },
      steps: Math.max(1, Math.ceil((passes * tokens) / (batch * unroll))),
      ...(dropout !== null && { dropout }),
      ...(recurrentDropout !== null && { recurrentDropout }),
    },
    network,
    {
      training: tokens,
      validation: text.validation?.length ?? 0,
      tokenizer: text.tokenizer.kind,
    },
  );
  const characters = charactersIn(text.tokenizer, text.training);
  const engine = device === 'gpu' ? cardEngine('the card') : onnxEngine;
  const tokensPerSecond = await measureSpeed(engine, network, settings, threads);
  return {
    parameters: parameterCount(network),
    vocabularySize: network.vocabularySize,
    ...{ characters, tokens },
    charsPerSecond: (tokensPerSecond * characters) / tokens,
    memory: process.resourceUsage().maxRSS * 1024,
  };
}
