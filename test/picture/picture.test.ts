import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chart, lineChart } from '../../src/picture/chart.ts';
import { pageCard } from '../../src/picture/page-card.ts';
import { pngOf } from '../../src/picture/png.ts';
import { linearScale, roundValues } from '../../src/picture/scale.ts';

const chart: Chart = {
  xTitle: 'readings & more',
  yTitle: 'bits',
  format: String,
  series: [
    {
      label: '<the Bible>',
      line: [
        { x: 0, y: 6 },
        { x: 1, y: 2 },
        { x: 2, y: 1.5 },
      ],
      dots: [{ x: 2, y: 1.75 }],
    },
  ],
};

describe('a scale', () => {
  test('puts the ends of its domain at the ends of its range, and the rest between', () => {
    const scale = linearScale([1, 3], [100, 0], 5);
    expect([scale(1), scale(2), scale(3)]).toEqual([100, 50, 0]);
    expect(scale.ticks).toEqual([1, 1.5, 2, 2.5, 3]);
  });

  test.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.25, 0.5, 4, [0.3, 0.4, 0.5]],
    [-3, 12, 4, [0, 5, 10]],
    [0, 1_000_000, 2, [0, 500_000, 1_000_000]],
  ])('has round values from %d to %d, about %d', (from, to, most, values) => {
    expect(roundValues([from, to], most)).toEqual(values);
  });

  test('has values in order, within its ends, never many more than asked for', () => {
    const end = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        end,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (from, span, most) => {
          const to = from + span;
          const values = roundValues([from, to], most);
          expect(values.length).toBeLessThanOrEqual(most + 1);
          expect(values).toEqual([...new Set(values)].sort((one, other) => one - other));
          const slack = 1e-6 * span;
          expect(values.every((value) => value >= from - slack && value <= to + slack)).toBe(true);
        },
      ),
    );
  });
});

describe('a chart', () => {
  test('has its points where its axes say, and its words as they are', () => {
    const svg = lineChart(chart);
    // From 1.5 up to 4, as nothing higher matters; 70 to 876 across, 418 to 48 upwards.
    expect(svg).toContain('points="70.0,-248.0 473.0,344.0 876.0,418.0"');
    expect(svg).toContain('<circle cx="876.0" cy="381.0"');
    expect(svg).toContain('readings &amp; more');
    expect(svg).toContain('&lt;the Bible&gt;');
  });

  test('without a point has axes alone, and with one does not fail', () => {
    expect(lineChart({ ...chart, series: [] })).not.toMatch(/NaN|Infinity/);
    const series = [{ label: 'one', line: [{ x: 0, y: 2 }], dots: [] }];
    expect(lineChart({ ...chart, series })).not.toMatch(/NaN|Infinity/);
  });

  test('becomes a PNG of twice its size, in which words are drawn', async () => {
    const png = Buffer.from(await pngOf(lineChart(chart)));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1800, 960]);
    const wordless = lineChart({ ...chart, xTitle: '', yTitle: '', format: () => '' });
    expect((await pngOf(wordless)).length).toBeLessThan(png.length);
  });
});

describe('a page', () => {
  const page = (text: string) =>
    pageCard({
      title: 'Verse of the day',
      date: 'May 1, 2026',
      text,
      source: 'John 11:35 · Bible',
    });
  /** The words of the text with their places, without title, date, initial and source. */
  const words = (svg: string) =>
    Array.from(svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" font-size="\d+">(.*?)<\/text>/g)).map(
      ([, x, y, inner = '']) => ({
        x: Number(x),
        y: Number(y),
        text: inner.replace(/<[^>]*>/g, ''),
      }),
    );

  test('has all words in order, the first letter large and its word in capitals', () => {
    const svg = page('“Jesus [then] wept <much>.');
    expect(words(svg).map(({ text }) => text)).toEqual(['ESUS', 'then', 'wept', '&lt;much&gt;.']);
    expect(svg).toContain('>J</text>');
    expect(svg).toContain('>“</text>');
    expect(svg).toContain('<tspan font-style="italic">then</tspan>');
  });

  test('has its words within its frame, and as much room as they take, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 600 }), (text) => {
        const svg = page(text);
        const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
        for (const word of words(svg)) {
          expect(word.x).toBeGreaterThanOrEqual(66);
          expect(word.x).toBeLessThan(654);
          expect(word.y).toBeLessThan(height - 60);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('is drawn in the letters of both languages', async () => {
    const png = await pngOf(page('À noite, o coração: “ção”'));
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  });
});
