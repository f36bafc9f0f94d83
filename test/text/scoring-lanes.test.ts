import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ScoringLanes, scoringWindows } from '../../src/text/scoring-lanes.ts';

/** What each lane reads, in order: of a text of positions, with -1 as the newline. */
function readLanes(length: number, shape: ScoringLanes) {
  const ids = Int32Array.from({ length }, (_, at) => at);
  const lanes = Array.from({ length: shape.lanes }, () => ({
    inputs: [] as number[],
    targets: [] as number[],
    weights: [] as number[],
  }));
  for (const window of scoringWindows(ids, -1, shape)) {
    for (const rows of [window.inputs, window.targets, window.weights]) {
      expect(rows).toHaveLength(shape.unroll * shape.lanes);
    }
    for (let row = 0; row < window.inputs.length; row++) {
      const lane = lanes[row % shape.lanes];
      lane?.inputs.push(window.inputs[row] ?? Number.NaN);
      lane?.targets.push(window.targets[row] ?? Number.NaN);
      lane?.weights.push(window.weights[row] ?? Number.NaN);
    }
  }
  return lanes;
}

describe('scoringWindows', () => {
  test('primes each lane with what lies before it and fills up those that end early', () => {
    const [first, second] = readLanes(6, { lanes: 2, unroll: 3, prime: 3 });
    expect(first).toEqual({
      inputs: [-1, 0, 1, -1, -1, -1],
      targets: [0, 1, 2, -1, -1, -1],
      weights: [1, 1, 1, 0, 0, 0],
    });
    expect(second).toEqual({
      inputs: [0, 1, 2, 3, 4, -1],
      targets: [1, 2, 3, 4, 5, -1],
      weights: [0, 0, 1, 1, 1, 0],
    });
  });

  test('scores every character of any text once, after all that should lie before it', () => {
    const shapes = fc.record({
      lanes: fc.integer({ min: 1, max: 9 }),
      unroll: fc.integer({ min: 1, max: 20 }),
      prime: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.nat(300), shapes, (length, shape) => {
        const scored: number[] = [];
        for (const { inputs, targets, weights } of readLanes(length, shape)) {
          for (const [row, target] of targets.entries()) {
            if (weights[row] === 0) continue;
            scored.push(target);
            const before = inputs.slice(0, row + 1);
            expect(before).toEqual(before.map((_, at) => target - before.length + at));
            expect(before.length).toBeGreaterThanOrEqual(Math.min(shape.prime, target + 1));
          }
        }
        expect(scored).toEqual(Array.from({ length }, (_, at) => at));
      }),
    );
  });

  test('has no window for an empty text', () => {
    expect([...scoringWindows([], 0, { lanes: 64, unroll: 10, prime: 256 })]).toEqual([]);
  });
});
