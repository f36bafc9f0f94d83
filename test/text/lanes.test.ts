import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginPass,
  type LaneShape,
  largestBatch,
  type Place,
  placeAfter,
  readWindow,
  windowsPerPass,
} from '../../src/text/lanes.ts';
import { Random } from '../../src/text/random.ts';

/** A text whose ids are their own positions. */
const positions = (length: number): Int32Array => Int32Array.from({ length }, (_, at) => at);

/** The windows of the first passes over a text. */
function readPasses(shape: LaneShape, passes: number) {
  const ids = positions(shape.length);
  const random = Random.seeded(1, 'offsets');
  const read = [];
  let place: Place = beginPass(shape, 0, random);
  while (place.pass < passes) {
    read.push({ place, ...readWindow(ids, shape, place) });
    place = placeAfter(shape, place, random);
  }
  return read;
}

describe('training lanes', () => {
  test('lie side by side in time-major windows', () => {
    // Two lanes of 0..5 and 6..11, three characters at a time.
    const shape = { length: 13, batch: 2, unroll: 3 };
    expect(windowsPerPass(shape)).toBe(2);
    const first = readWindow(positions(13), shape, { pass: 0, offset: 0, window: 0 });
    expect([...first.inputs]).toEqual([0, 6, 1, 7, 2, 8]);
    expect([...first.targets]).toEqual([1, 7, 2, 8, 3, 9]);
    expect(first.resetState).toBe(true);
    const second = readWindow(positions(13), shape, { pass: 0, offset: 0, window: 1 });
    expect([...second.inputs]).toEqual([3, 9, 4, 10, 5, 11]);
    expect([...second.targets]).toEqual([4, 10, 5, 11, 6, 12]);
    expect(second.resetState).toBe(false);
  });

  const shapes = fc
    .record({
      batch: fc.integer({ min: 1, max: 9 }),
      unroll: fc.integer({ min: 1, max: 12 }),
      spare: fc.integer({ min: 1, max: 400 }),
    })
    .map(({ batch, unroll, spare }) => ({ batch, unroll, length: batch * unroll + spare }));

  test('each go on where their last window ended, and none learns a character twice in a pass', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { batch, unroll, length } = shape;
        const windows = readPasses(shape, 3);
        expect(windows).toHaveLength(3 * windowsPerPass(shape));
        for (const pass of [0, 1, 2]) {
          const ofPass = windows.filter((window) => window.place.pass === pass);
          const targets = ofPass.flatMap((window) => [...window.targets]);
          expect(new Set(targets).size).toBe(targets.length);
          expect(Math.max(...targets)).toBeLessThan(length);
          for (let lane = 0; lane < batch; lane++) {
            const laneOf = (rows: Int32Array) => [...rows].filter((_, row) => row % batch === lane);
            const inputs = ofPass.flatMap((window) => laneOf(window.inputs));
            const first = inputs[0] ?? 0;
            expect(inputs).toEqual(inputs.map((_, at) => first + at));
            expect(ofPass.flatMap((window) => laneOf(window.targets))).toEqual(
              inputs.map((input) => input + 1),
            );
            expect(inputs).toHaveLength(windowsPerPass(shape) * unroll);
          }
          expect(ofPass.map((window) => window.resetState)).toEqual(
            ofPass.map((_, at) => at % 25 === 0),
          );
        }
      }),
    );
  });

  test('come to every character of the text over the passes, but for a few at its end', () => {
    for (const length of [1000, 1013, 1037, 1201]) {
      const windows = readPasses({ length, batch: 4, unroll: 10 }, 100);
      const learned = new Set(windows.flatMap((window) => [...window.targets]));
      const missed = [...positions(length)].slice(1).filter((at) => !learned.has(at));
      expect(missed.filter((at) => at < length - 14)).toEqual([]);
    }
  });

  test('begin each pass at another offset below T', () => {
    const windows = readPasses({ length: 1000, batch: 4, unroll: 10 }, 100);
    const offsets = new Set(windows.map((window) => window.place.offset));
    expect([...offsets].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('go on from a place that was written down as if they had never stopped', () => {
    const shape = { length: 200, batch: 2, unroll: 7 };
    const unbroken = Random.seeded(3, 'offsets');
    let place = beginPass(shape, 0, unbroken);
    for (let step = 0; step < 10; step++) place = placeAfter(shape, place, unbroken);
    const restored = Random.restore(unbroken.state());
    let other: Place = JSON.parse(JSON.stringify(place));
    for (let step = 0; step < 40; step++) {
      place = placeAfter(shape, place, unbroken);
      other = placeAfter(shape, other, restored);
      expect(other).toEqual(place);
    }
  });

  test('refuse a text that is too short for one window, and say what would fit', () => {
    expect(windowsPerPass({ length: 6401, batch: 64, unroll: 100 })).toBe(1);
    expect(() => windowsPerPass({ length: 1500, batch: 64, unroll: 100 })).toThrow(
      expect.objectContaining({
        message: 'A text of 1500 characters is too short for 64 lanes of 100 characters.',
        remedy: 'Use --batch 14 or less, or a smaller --unroll.',
      }),
    );
    expect(largestBatch(1500, 100)).toBe(14);
    expect(windowsPerPass({ length: 1500, batch: 14, unroll: 100 })).toBe(1);
    expect(largestBatch(50, 100)).toBe(0);
    expect(() => windowsPerPass({ length: 50, batch: 1, unroll: 100 })).toThrow(
      expect.objectContaining({ remedy: 'Use --unroll 49 or less, with --batch 1.' }),
    );
  });
});
