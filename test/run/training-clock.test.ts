import { expect, test } from 'vitest';
import { TrainingClock } from '../../src/run/training-clock.ts';

const event = (step: number) => ({
  ...({ type: 'step', step, tokens: 1000, characters: 1000, passes: step / 10 } as const),
  ...{ bitsPerCharacter: 2, gradientNorm: 1, learningRate: 0.001 },
});

test('a training takes the time of its steps and looks, and none of its waits', () => {
  const clock = new TrainingClock(50_000, { passes: 0, elapsed: 100 });
  expect(clock.step(event(1), 52_000, 11)).toEqual({
    elapsed: 102,
    charsPerSecond: 500,
    secondsLeft: 20,
  });
  // A look at the held-out part takes four seconds, which are no step's.
  clock.skip(56_000);
  expect(clock.step(event(2), 58_000, 11)).toEqual({
    elapsed: 108,
    charsPerSecond: 500,
    secondsLeft: 36,
  });
  expect(clock.latest).toEqual({ passes: 0.2, elapsed: 108 });
  // It waits for an hour.
  clock.goOn(3_658_000);
  expect(clock.step(event(3), 3_660_000, 11)).toEqual({
    elapsed: 110,
    charsPerSecond: 500,
    secondsLeft: (10 / 3) * 8,
  });
});

test('the speed is that of about the last two seconds', () => {
  const clock = new TrainingClock(0, { passes: 0, elapsed: 0 });
  clock.step(event(1), 1000, 100);
  const { charsPerSecond } = clock.step(event(2), 1500, 100);
  // 1,000 a second, and a quarter of the way to 2,000.
  expect(charsPerSecond).toBe(1250);
  expect(clock.step(event(3), 6500, 100).charsPerSecond).toBe(200);
});
