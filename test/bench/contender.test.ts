import { expect, test } from 'vitest';
import { bestThreads, type Contender, inTurn } from '../../bench/contender.ts';

/** One that takes no time and reports these speeds, run after run. */
function contender(
  name: string,
  threads: number,
  speeds: readonly number[],
  order: string[] = [],
): Contender<string> {
  const left = speeds.values();
  return {
    name,
    threads,
    measure: async (work) => {
      order.push(`${name} ${work}`);
      const tokensPerSecond = left.next().value ?? Number.NaN;
      return { tokensPerSecond, peakMemory: tokensPerSecond * 2, processorSeconds: 0 };
    },
  };
}

test('contenders take turns, and the median of their runs counts', async () => {
  const order: string[] = [];
  const contenders = [contender('a', 1, [5, 1, 3], order), contender('b', 2, [7, 8, 20], order)];
  const results = await inTurn(contenders, 'x', { rounds: 3, repeats: 0 }, () => {});
  expect(order).toEqual(['a x', 'b x', 'a x', 'b x', 'a x', 'b x']);
  expect(results).toMatchObject([
    { name: 'a', threads: 1, tokensPerSecond: 3, peakMemory: 10, rounds: [5, 1, 3] },
    { name: 'b', threads: 2, tokensPerSecond: 8, peakMemory: 40, rounds: [7, 8, 20] },
  ]);
});

test('the median of an even number of runs lies between the middle two', async () => {
  const [result] = await inTurn(
    [contender('a', 1, [4, 1, 2, 9])],
    'x',
    { rounds: 4, repeats: 0 },
    () => {},
  );
  expect(result?.tokensPerSecond).toBe(3);
});

test('of each contender the thread count that is fastest is shown', async () => {
  const contenders = [contender('a', 1, [5]), contender('a', 2, [4]), contender('b', 1, [1])];
  const best = bestThreads(await inTurn(contenders, 'x', { rounds: 1, repeats: 0 }, () => {}));
  expect(best).toMatchObject([
    { name: 'a', threads: 1 },
    { name: 'b', threads: 1 },
  ]);
});
