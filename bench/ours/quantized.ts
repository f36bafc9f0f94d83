import { fileURLToPath } from 'node:url';
import { bible } from '../../data/bible.ts';
import type { States } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { type NetworkFile, readNetworkFile } from '../../src/run/model-file.ts';
import { splitCorpus } from '../../src/text/split.ts';

const lanes = 64;
/** Of each lane; so many more before them are read first. */
const scored = 2000;
const primed = 256;

/**
 * Bits per character of the Bible's network that comes along, on 128,000 characters of the validation part, by its
 * steps as texts are drawn with: with the weights as they are, and rounded to eight bits.
 */
export async function costOfQuantizing(): Promise<{ asTheyAre: number; quantized: number }> {
  const path = fileURLToPath(new URL('../../data/models/bible.safetensors', import.meta.url));
  const model = await readNetworkFile(path);
  const ids = model.tokenizer.encode(splitCorpus(await bible.corpus(), 'units').validation);
  return { asTheyAre: await bits(model, ids, false), quantized: await bits(model, ids, true) };
}

async function bits(
  model: NetworkFile,
  ids: ArrayLike<number>,
  quantized: boolean,
): Promise<number> {
  const { config, weights } = model;
  const stepper = await onnxEngine.stepper({ config, weights, threads: 2, quantized });
  const apart = Math.floor(ids.length / lanes);
  const column = (step: number) =>
    Int32Array.from({ length: lanes }, (_, lane) => ids[lane * apart + step] ?? 0);
  let states: States | undefined;
  let nats = 0;
  for (let step = 0; step < primed + scored; step++) {
    const output = await stepper.step(column(step), states);
    states = output.states;
    if (step < primed) continue;
    column(step + 1).forEach((target, lane) => {
      nats += surprise(
        output.logits.subarray(lane * config.vocabularySize),
        config.vocabularySize,
        target,
      );
    });
  }
  await stepper.close();
  return nats / (lanes * scored) / Math.LN2;
}

/** −ln of the probability of a target, by the first V logits. */
function surprise(logits: Float32Array, V: number, target: number): number {
  const own = logits.subarray(0, V);
  const largest = Math.max(...own);
  const sum = own.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return largest + Math.log(sum) - (own[target] ?? 0);
}
