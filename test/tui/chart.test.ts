import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { line, quiet, textOf } from '../../tui/drawing/line.ts';
import { Canvas } from '../../tui/widgets/chart/canvas.ts';
import { blocks, braille } from '../../tui/widgets/chart/dots.ts';
import { plot } from '../../tui/widgets/chart/plot.ts';
import {
  numberTicks,
  placeIn,
  spreadLabels,
  ticks,
  timeTicks,
  valueRange,
} from '../../tui/widgets/chart/scale.ts';

describe('ticks', () => {
  test.each([
    [{ from: 0, to: 10 }, 5, [0, 5, 10]],
    [{ from: 0, to: 10 }, 6, [0, 2, 4, 6, 8, 10]],
    [{ from: 1.2, to: 4.2 }, 4, [2, 3, 4]],
    [{ from: 0.1, to: 0.4 }, 4, [0.1, 0.2, 0.3, 0.4]],
    [{ from: -1, to: 1 }, 3, [-1, 0, 1]],
    [{ from: 0, to: 2_000_000 }, 3, [0, 1_000_000, 2_000_000]],
  ])('of %j, at most %i', (range, most, expected) => {
    expect(ticks(range, most)).toEqual(expected);
  });

  test('have the decimals that tell them apart', () => {
    expect(numberTicks({ from: 1.4, to: 2.1 }, 4).map(({ label }) => label)).toEqual([
      '1.4',
      '1.6',
      '1.8',
      '2.0',
    ]);
  });

  test.each([
    [45, 4, ['0', '15 s', '30 s', '45 s']],
    [240, 5, ['0', '1 min', '2 min', '3 min', '4 min']],
    [3600, 5, ['0', '15 min', '30 min', '45 min', '60 min']],
    [6 * 3600, 4, ['0', '2 h', '4 h', '6 h']],
    [10 * 86_400, 3, ['0', '5 d', '10 d']],
  ])('of %i seconds, at most %i, are round times', (to, most, expected) => {
    expect(timeTicks({ from: 0, to }, most).map(({ label }) => label)).toEqual(expected);
  });

  test('lie in the range, in order, and are no more than asked for', () => {
    const range = fc
      .tuple(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      )
      .map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(range, fc.integer({ min: 2, max: 20 }), (each, most) => {
        const found = ticks(each, most);
        const dust = (each.to - each.from) * 1e-6;
        expect(found.length).toBeLessThanOrEqual(most);
        expect(found).toEqual(found.toSorted((a, b) => a - b));
        for (const at of found) {
          expect(at).toBeGreaterThanOrEqual(each.from - dust);
          expect(at).toBeLessThanOrEqual(each.to + dust);
        }
      }),
    );
  });
});

describe('the range of a loss', () => {
  test('leaves out how it fell at first, but nothing that must be seen', () => {
    const fall = [6.2, 5.1, 4, ...Array.from({ length: 97 }, (_, step) => 3 - step / 100)];
    expect(valueRange(fall)).toEqual({ from: 2, to: 3 });
    expect(valueRange(fall, [1.395, 3.3])).toEqual({ from: 1.3, to: 3.3 });
  });

  test('is there for a single value, and for none', () => {
    expect(valueRange([2])).toEqual({ from: 2, to: 2.1 });
    expect(valueRange([Number.NaN])).toEqual({ from: 0, to: 1 });
  });
});

test('places are the ends of a range and what lies between', () => {
  expect([0, 5, 10, -10].map((value) => placeIn({ from: 0, to: 10 }, value, 11))).toEqual([
    0, 5, 10, -10,
  ]);
});

test('labels keep their order and never share a row', () => {
  expect(spreadLabels([3, 3, 4], 10)).toEqual([3, 4, 5]);
  expect(spreadLabels([9, 9, 9], 10)).toEqual([7, 8, 9]);
  expect(spreadLabels([-5, 0.4, 20], 10)).toEqual([0, 1, 9]);
});

describe('a canvas', () => {
  test('draws lines with braille', () => {
    const canvas = new Canvas(braille, 2, 1);
    canvas.stroke(0, 3, 3, 0, quiet);
    expect(canvas.lines().map(textOf)).toEqual(['⡠⠊']);
  });

  test('draws them with blocks where there is no braille', () => {
    const canvas = new Canvas(blocks, 4, 1);
    canvas.stroke(0, 1, 3, 0, quiet);
    expect(canvas.lines().map(textOf)).toEqual(['▄▄▀▀']);
  });

  test('leaves out what lies outside', () => {
    const canvas = new Canvas(braille, 1, 1);
    canvas.stroke(-5, -5, 9, 9, quiet);
    expect(canvas.lines().map(textOf)).toEqual(['⠑']);
  });
});

test('a chart has its scales, its curves, its levels and their labels', () => {
  const rows = plot({
    curves: [
      {
        points: Array.from({ length: 11 }, (_, x) => ({ x, y: 4 - x * 0.3 })),
        style: quiet,
        label: line('1.0 loss'),
      },
    ],
    levels: [{ y: 3, label: line('3.0 other') }],
    x: { range: { from: 0, to: 10 }, ticks: timeTicks({ from: 0, to: 10 }, 3) },
    y: { range: { from: 1, to: 4 }, ticks: numberTicks({ from: 1, to: 4 }, 4) },
    width: 40,
    height: 9,
    dots: braille,
  });
  expect(rows.map((row) => textOf(row).trimEnd())).toEqual([
    '4 ┤⠑⠢⢄⡀',
    '  │   ⠈⠉⠒⠤⣀',
    '3 ┤╌ ╌ ╌ ╌ ⠑⠢⢄⡀╌ ╌ ╌ ╌ ╌ ╌ ╌ ╌ 3.0 other',
    '  │           ⠈⠉⠒⠤⣀',
    '2 ┤                ⠑⠢⢄',
    '  │                   ⠉⠒⠤⣀⡀',
    '1 ┤                       ⠈⠑⠢⢄ 1.0 loss',
    '  └┬────────────┬────────────┬',
    '   0           5 s        10 s',
  ]);
});

test('where a chart has fewer rows than labels, those of the curves stay', () => {
  const curve = (y: number, name: string) => ({
    points: [
      { x: 0, y: 4 },
      { x: 10, y },
    ],
    style: quiet,
    label: line(name),
  });
  const rows = plot({
    curves: [curve(2.1, 'training'), curve(2, 'validation')],
    levels: [
      { y: 1.6, label: line('Markov') },
      { y: 1.4, label: line('n-gram') },
    ],
    x: { range: { from: 0, to: 10 }, ticks: [] },
    y: { range: { from: 1, to: 4 }, ticks: [] },
    ...{ width: 40, height: 4, dots: braille },
  });
  const shown = rows.map(textOf).join('\n');
  expect(shown).toContain('training');
  expect(shown).toContain('validation');
});
