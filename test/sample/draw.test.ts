import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chancesOf, drawToken } from '../../src/sample/draw.ts';
import { Random } from '../../src/text/random.ts';

const everything = { topP: 1, topK: 0 };

const logits = (...values: number[]) => Float32Array.from(values);

test('temperature 0 takes the likeliest, the first of those as likely, and asks for no chance', () => {
  const noChance = () => {
    throw new Error('asked for a random number');
  };
  const options = { ...everything, temperature: 0 };
  expect(drawToken(logits(-3, 2, 7, 5), options, noChance)).toBe(2);
  expect(drawToken(logits(-3, 7, 2, 7), options, noChance)).toBe(1);
});

test('chances are the softmax of the logits over the temperature, however large those are', () => {
  const odds = (temperature: number) => [1, 3, 6].map((weight) => weight ** (1 / temperature));
  for (const temperature of [0.5, 1, 2]) {
    const sum = odds(temperature).reduce((total, each) => total + each);
    const found = chancesOf(logits(0, Math.log(3), Math.log(6)), temperature);
    odds(temperature).forEach((each, id) => {
      expect(found[id]).toBeCloseTo(each / sum, 6);
    });
  }
  expect([...chancesOf(logits(2000, 2000, -2000), 0.1)]).toEqual([0.5, 0.5, 0]);
});

test('only those are drawn that top-p, top-k and min-p keep, each in its share', () => {
  const options = fc.record({
    // Few values, so that some are alike.
    logits: fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 40 }),
    temperature: fc.double({ min: 0.3, max: 3, noNaN: true }),
    topP: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(1)),
    topK: fc.integer({ min: 0, max: 45 }),
    minP: fc.constantFrom(0, 0, 0.01, 0.3, 1),
    chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  fc.assert(
    fc.property(options, ({ chance, ...given }) => {
      const all = Float32Array.from(given.logits);
      const chances = chancesOf(all, given.temperature);
      const draw = (at: number) => drawToken(all, given, () => at);

      const byChance = [...chances.keys()].sort(
        (a, b) => (chances[b] ?? 0) - (chances[a] ?? 0) || a - b,
      );
      const most = Math.max(...chances);
      let sum = 0;
      const kept = byChance.filter((id, place) => {
        const isKept =
          place === 0 ||
          ((given.topK === 0 || place < given.topK) &&
            (given.topP >= 1 || sum < given.topP) &&
            (chances[id] ?? 0) >= given.minP * most);
        if (isKept) sum += chances[id] ?? 0;
        return isKept;
      });

      expect(kept).toContain(draw(chance));
      let before = 0;
      for (const id of kept.sort((a, b) => a - b)) {
        const share = (chances[id] ?? 0) / sum;
        // In the middle of its share, where that is wider than what rounding moves.
        if (share > 1e-9) expect(draw(before + share / 2)).toBe(id);
        before += share;
      }
      expect(before).toBeCloseTo(1, 9);
    }),
    { numRuns: 1000 },
  );
});

test('characters come as often as they are likely', () => {
  const draws = 50_000;
  const random = Random.seeded(3, 'draws');
  const cases = [
    { temperature: 1, ...everything, shares: [0.1, 0.4, 0.2, 0.3] },
    // Squared and divided by their sum.
    { temperature: 0.5, ...everything, shares: [1 / 30, 16 / 30, 4 / 30, 9 / 30] },
    { temperature: 1, topP: 0.6, topK: 0, shares: [0, 4 / 7, 0, 3 / 7] },
    { temperature: 1, topP: 1, topK: 0, minP: 0.6, shares: [0, 4 / 7, 0, 3 / 7] },
    { temperature: 1, topP: 1, topK: 3, shares: [0, 4 / 9, 2 / 9, 3 / 9] },
  ];
  for (const { shares, ...options } of cases) {
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const id = drawToken(logits(...[1, 4, 2, 3].map(Math.log)), options, () => random.next());
      counts[id] = (counts[id] ?? 0) + 1;
    }
    shares.forEach((share, id) => {
      const deviation = Math.sqrt(draws * share * (1 - share));
      expect(Math.abs((counts[id] ?? 0) - draws * share)).toBeLessThanOrEqual(5 * deviation);
    });
  }
});
