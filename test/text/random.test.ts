import { describe, expect, test } from 'vitest';
import { Random } from '../../src/text/random.ts';

const draw = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => random.next());

describe('Random', () => {
  test('draws the numbers of the reference implementation of xoshiro128**', () => {
    const random = Random.restore([1, 2, 3, 4]);
    const integers = draw(random, 10).map((number) => number * 2 ** 32);
    expect(integers).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
    expect(random.state()).toEqual([939045227, 1864939416, 1451579149, 2199351389]);
  });

  test('goes on from its state as if it had never stopped', () => {
    const unbroken = Random.seeded(7, 'training');
    draw(unbroken, 100);
    const restored = Random.restore(JSON.parse(JSON.stringify(unbroken.state())));
    expect(draw(restored, 100)).toEqual(draw(unbroken, 100));
  });

  test('is the same for the same seed and label, and another for any other', () => {
    const first = (seed: number, label: string) => Random.seeded(seed, label).state().join();
    expect(first(1, 'training')).toBe(first(1, 'training'));
    expect(
      new Set([first(1, 'training'), first(2, 'training'), first(1, 'samples'), first(11, '')])
        .size,
    ).toBe(4);
  });

  test('draws integers below an end evenly', () => {
    const random = Random.seeded(1, 'even');
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) {
      const drawn = random.below(5);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test.each([[[1, 2, 3]], [[0, 0, 0, 0]], [[1, 2, 3, 2 ** 32]], [[1, 2, 3, 0.5]]])(
    'refuses %j as a state',
    (state) => {
      expect(() => Random.restore(state)).toThrow('is not the state of a random generator');
    },
  );
});
