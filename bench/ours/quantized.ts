import { fileURLToPath } from 'node:url';
import { bible } from '../../data/bible.ts';
import type { States } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { type NetworkFile, readNetworkFile } from '../../src/run/model-file.ts';
import { splitCorpus } from '../../src/text/split.ts';

const lanes = 64;
/** Tokens of each lane that are read first, unscored. */
const primed = 256;

/**
 * Bits per character of the bundled network of the Bible, on its validation part but for the first tokens of each
 * lane, by steps as texts are drawn with: with the weights as they are in its file, and with the rounding of drawing.
 */
export async function costOfQuantizing(): Promise<{ asTheyAre: number; quantized: number }> {
  const path = fileURLToPath(new URL('../../data/models/bible-3.safetensors', import.meta.url));
  const model = await readNetworkFile(path);
  const ids = model.tokenizer.encode(splitCorpus(await bible.corpus(), 'units').validation);
  return { asTheyAre: await bits(model, ids, false), quantized: await bits(model, ids, true) };
}

async function bits(
  model: NetworkFile,
  ids: ArrayLike<number>,
  quantized: boolean,
): Promise<number> {
  const { config, weights, tokenizer } = model;
  const stepper = await onnxEngine.stepper({ config, weights, threads: 2, quantized });
  const apart = Math.floor(ids.length / lanes);
  const column = (step: number) =>
    Int32Array.from({ length: lanes }, (_, lane) => ids[lane * apart + step] ?? 0);
  let states: States | undefined;
  let nats = 0;
  let characters = 0;
  for (let step = 0; step < apart - 1; step++) {
    const output = await stepper.step(column(step), states);
    states = output.states;
    if (step < primed) continue;
    column(step + 1).forEach((target, lane) => {
      characters += tokenizer.tokens[target]?.length ?? 0;
      nats += surprise(
        output.logits.subarray(lane * config.vocabularySize),
        config.vocabularySize,
        target,
      );
    });
  }
  await stepper.close();
  return nats / characters / Math.LN2;
}

/** −ln of the probability of a target, by the first V logits. */
function surprise(logits: Float32Array, V: number, target: number): number {
  const own = logits.subarray(0, V);
  const largest = Math.max(...own);
  const sum = own.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return largest + Math.log(sum) - (own[target] ?? 0);
}
