import type { Line, Style } from '../../drawing/line.ts';
import { Canvas } from './canvas.ts';
import type { Dots } from './dots.ts';
import { placeIn } from './scale.ts';

/** A small chart without scales: the values from left to right, from the lowest to the highest. */
export function spark(
  values: readonly number[],
  size: { readonly width: number; readonly height: number },
  style: Style,
  dots: Dots,
): Line[] {
  const canvas = new Canvas(dots, size.width, size.height);
  const finite = values.filter(Number.isFinite);
  const range = { from: Math.min(...finite), to: Math.max(...finite) };
  const flat = range.from === range.to;
  let before: [x: number, y: number] | undefined;
  finite.forEach((value, place) => {
    const dot: [number, number] = [
      placeIn({ from: 0, to: Math.max(1, finite.length - 1) }, place, canvas.columns),
      flat ? canvas.rows >> 1 : canvas.rows - 1 - placeIn(range, value, canvas.rows),
    ];
    canvas.stroke(...(before ?? dot), ...dot, style);
    before = dot;
  });
  return canvas.lines();
}
