import { expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { Random } from '../../src/text/random.ts';
import { evaluationShape, heldOutBits } from '../../src/train/evaluation.ts';
import { plainReading } from './plain-reading.ts';
import { lively, network, tokenizer } from './training.ts';

test.each([
  ['lstm', 1500],
  ['classic', 40],
] as const)(
  'held-out bits per character are those of a plain reading: %s, %i characters',
  async (cell, length) => {
    const config: NetworkConfig = { ...network, cell };
    const weights = lively(config);
    const random = Random.seeded(length, 'held out');
    const ids = Int32Array.from({ length }, () => random.below(config.vocabularySize));
    const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
    const scorer = await onnxEngine.scorer({ ...evaluationShape, config, threads: 2 });
    const bits: number[] = [];
    for (let lane = 0; lane < 64; lane++) {
      const [first, end] = [lane, lane + 1].map((each) => Math.floor((each * length) / 64));
      bits.push(...(await plainReading(stepper, ids, tokenizer.newlineId, first ?? 0, end ?? 0)));
    }
    const found = await heldOutBits(scorer, weights, ids, tokenizer);
    await Promise.all([stepper.close(), scorer.close()]);
    expect(bits).toHaveLength(length);
    const mean = bits.reduce((sum, each) => sum + each) / length;
    expect(Math.abs(found - mean)).toBeLessThan(1e-5);
  },
);
