import { expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { RecentTokens } from '../../src/sample/repetition.ts';
import { Writer } from '../../src/sample/writer.ts';
import { lively, network, tokenizer } from '../train/training.ts';

test('of the last 64 tokens, each is made less likely once; the others are as they were', () => {
  const recent = new RecentTokens([0, ...Array(63).fill(1)]);
  const logits = Float32Array.of(2, 3, -4, Number.NEGATIVE_INFINITY, -5);
  expect([...recent.penalised(logits, 2)]).toEqual([1, 1.5, -4, Number.NEGATIVE_INFINITY, -5]);
  for (const id of [2, 3]) recent.add(id);
  // Token 0 is 65 tokens back now.
  expect([...recent.penalised(logits, 2)]).toEqual([2, 1.5, -8, Number.NEGATIVE_INFINITY, -5]);
  expect([...logits]).toEqual([2, 3, -4, Number.NEGATIVE_INFINITY, -5]);
});

test('a network that would repeat itself for ever says other things under a penalty', async () => {
  const weights = lively(network);
  const stepper = await onnxEngine.stepper({ config: network, weights, threads: 1 });
  const request = { seed: 'the sea', randomSeed: 1, temperature: 0, topP: 1, topK: 0 };
  const different = async (repetitionPenalty: number) => {
    const text = new Writer(stepper, tokenizer).write({
      ...{ ...request, repetitionPenalty, characters: 60 },
    });
    return new Set((await Array.fromAsync(text)).join('').slice(20)).size;
  };
  const [plain, penalised] = [await different(1), await different(1.5)];
  expect(penalised).toBeGreaterThan(plain);
  await stepper.close();
});
