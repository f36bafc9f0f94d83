import type { Line } from '../drawing/line.ts';
import { span } from '../drawing/line.ts';

const heights = '▁▂▃▄▅▆▇█';

/** The height of a value from -1 to 1 among eight; zero stands in the middle. */
export function heightOf(value: number): string {
  const within = Math.max(-1, Math.min(1, value));
  return heights[Math.round(3 + within * (within < 0 ? 3 : 4))] ?? '▄';
}

/** Values from -1 to 1, one a column: by their height and by their colour. */
export function strip(values: ArrayLike<number>): Line {
  return Array.from(values, (value) => span(heightOf(value), { shade: value }));
}

/** So many of the values, the same distance apart; all where there are no more. */
export function everyFew(values: ArrayLike<number>, count: number): number[] {
  const step = Math.max(1, values.length / count);
  return Array.from(
    { length: Math.min(count, values.length) },
    (_, place) => values[Math.floor(place * step)] ?? 0,
  );
}

/** Values from the lowest to the highest as so many heights: a small chart in a row of text. */
export function heightsOf(values: readonly number[], width: number): string {
  const shown = everyFew(values, width);
  const low = Math.min(...shown);
  const spread = Math.max(...shown) - low;
  return shown
    .map((value) => heightOf(spread > 0 ? ((value - low) / spread) * 2 - 1 : -1))
    .join('');
}
