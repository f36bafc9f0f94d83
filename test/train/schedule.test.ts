import { expect, test } from 'vitest';
import { isSampleStep, learningRate } from '../../src/train/schedule.ts';
import { settings } from './training.ts';

test('the learning rate rises evenly to its peak, then falls by half a cosine to its end', () => {
  const whole = { ...settings, learningRate: 0.008, warmUp: 4, finalRatio: 0.25, steps: 16 };
  const rates = Array.from({ length: 16 }, (_, index) => learningRate(whole, index + 1));
  expect(rates.slice(0, 4)).toEqual([0.002, 0.004, 0.006, 0.008]);
  // From 0.008 down to 0.002 over 12 steps: 0.005 + 0.003·cos(π·k/12).
  const root = Math.sqrt;
  const cosines = [
    ...[(root(6) + root(2)) / 4, root(3) / 2, root(2) / 2, 1 / 2, (root(6) - root(2)) / 4, 0],
    ...[-(root(6) - root(2)) / 4, -1 / 2, -root(2) / 2, -root(3) / 2, -(root(6) + root(2)) / 4, -1],
  ];
  cosines.forEach((cosine, index) => {
    expect(rates[4 + index]).toBeCloseTo(0.005 + 0.003 * cosine, 15);
  });
});

test('the learning rate of a training of one step is its peak', () => {
  expect(learningRate({ ...settings, learningRate: 0.5, warmUp: 1, steps: 1 }, 1)).toBe(0.5);
});

test('a training writes at 20, 50, 100 and so on', () => {
  const steps = Array.from({ length: 6001 }, (_, step) => step).filter(isSampleStep);
  expect(steps).toEqual([20, 50, 100, 200, 500, 1000, 2000, 5000]);
});
