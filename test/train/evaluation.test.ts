import { expect, test } from 'vitest';
import type { States, Stepper } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { initialParameters } from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';
import { evaluationShape, heldOutBits } from '../../src/train/evaluation.ts';
import { network } from './training.ts';

const newlineId = 0;

/** −log₂ of the chance of an id by its logits [V]. */
function bitsOf(logits: Float32Array, id: number): number {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return (Math.log(sum) + largest - (logits[id] ?? 0)) / Math.LN2;
}

/** The bits of the characters from `first` to before `end`, read one by one from the newline or 256 characters before. */
async function laneBits(
  stepper: Stepper,
  ids: Int32Array,
  first: number,
  end: number,
): Promise<number> {
  const stream = [newlineId, ...ids];
  let states: States | undefined;
  let bits = 0;
  // The character at `place` of the text is at place + 1 of the stream, and follows what is at `place` of that.
  for (let place = Math.max(0, first + 1 - 256); place < end; place++) {
    const step = await stepper.step(Int32Array.of(stream[place] ?? 0), states);
    states = step.states;
    if (place >= first) bits += bitsOf(step.logits, ids[place] ?? 0);
  }
  return bits;
}

test.each([
  ['lstm', 1500],
  ['classic', 40],
] as const)(
  'held-out bits per character are those of a plain reading: %s, %i characters',
  async (cell, length) => {
    const config: NetworkConfig = { ...network, cell };
    const random = Random.seeded(length, 'evaluation');
    const weights = Object.fromEntries(
      // Large enough to remember something of the characters before.
      Object.entries(initialParameters(config, () => random.next())).map(
        ([name, { shape, data }]) => [name, { shape, data: data.map((value) => 3 * value) }],
      ),
    );
    const ids = Int32Array.from({ length }, () => random.below(config.vocabularySize));
    const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
    const scorer = await onnxEngine.scorer({ ...evaluationShape, config, threads: 2 });
    let bits = 0;
    for (let lane = 0; lane < 64; lane++) {
      const first = Math.floor((lane * length) / 64);
      bits += await laneBits(stepper, ids, first, Math.floor(((lane + 1) * length) / 64));
    }
    const found = await heldOutBits(scorer, weights, ids, newlineId);
    await Promise.all([stepper.close(), scorer.close()]);
    expect(Math.abs(found - bits / length)).toBeLessThan(1e-5);
  },
);
