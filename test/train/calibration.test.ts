import { expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { calibration, scaleLogits } from '../../src/train/calibration.ts';
import { lively, network } from './training.ts';

test('scaled weights give scaled logits, and the same states', async () => {
  const config = network;
  const weights = lively(config);
  const [plain, halved] = await Promise.all(
    [weights, scaleLogits(config, weights, 0.5)].map(async (each) => {
      const stepper = await onnxEngine.stepper({ config, weights: each, threads: 1 });
      const step = await stepper.step(Int32Array.of(1, 2), undefined);
      await stepper.close();
      return step;
    }),
  );
  expect(halved?.logits).toEqual(plain?.logits.map((logit) => logit / 2));
  expect(halved?.states).toEqual(plain?.states);
});

/** Bits per character of a source with these probabilities, predicted by a network that is `overconfidence` times too confident. */
function bitsOf(
  probabilities: readonly number[],
  overconfidence: number,
): (factor: number) => Promise<number> {
  return async (factor) => {
    const logits = probabilities.map((each) => factor * overconfidence * Math.log(each));
    const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
    const nats = probabilities.map((each, index) => each * (Math.log(sum) - (logits[index] ?? 0)));
    return nats.reduce((all, each) => all + each) / Math.LN2;
  };
}

test.each([0.95, 1, 1.06])(
  'a network that is %f times too confident is set right',
  async (overconfidence) => {
    const factor = await calibration(bitsOf([0.5, 0.3, 0.15, 0.05], overconfidence));
    expect(Math.abs(factor * overconfidence - 1)).toBeLessThan(0.003);
  },
);

test('the logits keep between 0.8 and 1.25 times what they were, and as they were where it makes no difference', async () => {
  expect(await calibration(bitsOf([0.5, 0.3, 0.2], 3))).toBe(0.8);
  expect(await calibration(bitsOf([0.5, 0.3, 0.2], 0.3))).toBe(1.25);
  expect(await calibration(bitsOf([0.5, 0.5], 1))).toBe(1);
});
