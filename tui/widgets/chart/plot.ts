import { inWidth, lineWidth } from '../../drawing/layout.ts';
import { blank, faint, type Line, quiet, type Span, type Style, span } from '../../drawing/line.ts';
import { Canvas } from './canvas.ts';
import type { Dots } from './dots.ts';
import { placeIn, type Range, spreadLabels, type Tick } from './scale.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line of a chart. Its label stands at the right, beside its end. */
export interface Curve {
  readonly points: readonly Point[];
  readonly style: Style;
  readonly label: Line;
}

/** A dashed line across, for comparison. */
export interface Level {
  readonly y: number;
  readonly label: Line;
}

export interface Axis {
  readonly range: Range;
  readonly ticks: readonly Tick[];
}

export interface PlotOptions {
  /** The later ones over the earlier ones. */
  readonly curves: readonly Curve[];
  readonly levels: readonly Level[];
  readonly x: Axis;
  readonly y: Axis;
  /** In characters, axes and labels included. */
  readonly width: number;
  readonly height: number;
  readonly dots: Dots;
}

/** A chart: curves with their labels at the right, a scale at the left and one below. */
export function plot(options: PlotOptions): Line[] {
  const { curves, levels, x, y, dots } = options;
  const left = Math.max(0, ...y.ticks.map(({ label }) => label.length));
  const labels = [...curves, ...levels].map(({ label }) => label);
  const right = Math.max(0, ...labels.map(lineWidth));
  const width = Math.max(1, options.width - left - 3 - right);
  const height = Math.max(1, options.height - 2);
  const canvas = new Canvas(dots, width, height);
  for (const curve of curves) draw(canvas, curve, x.range, y.range);
  const rowOf = (value: number) => height - 1 - placeIn(y.range, value, height);
  const field = canvas
    .lines()
    .map((row, place) => (levels.some((level) => rowOf(level.y) === place) ? dashed(row) : row));
  const ends = endLabels(options, height, rowOf);
  const rows = field.map((row, place): Line => {
    const tick = y.ticks.find(({ at }) => rowOf(at) === place);
    const scale = [
      span((tick?.label ?? '').padStart(left), quiet),
      span(tick ? ' ┤' : ' │', faint),
    ];
    return [...scale, ...row, span(' '), ...(ends.get(place) ?? blank)];
  });
  return [...rows, ...scaleBelow(x, left, width)].map((row) => inWidth(row, options.width));
}

function draw(canvas: Canvas, { points, style }: Curve, x: Range, y: Range): void {
  let before: [x: number, y: number] | undefined;
  for (const point of points) {
    const dot: [number, number] = [
      placeIn(x, point.x, canvas.columns),
      // What lies above or below the scale runs along its edge.
      canvas.rows - 1 - placeIn(y, Math.max(y.from, Math.min(y.to, point.y)), canvas.rows),
    ];
    canvas.stroke(...(before ?? dot), ...dot, style);
    before = dot;
  }
}

/** Dashes where nothing else is drawn. */
function dashed(row: Line): Line {
  return row.map((cell, column) =>
    cell.text === ' ' ? span(column % 2 === 0 ? '╌' : ' ', faint) : cell,
  );
}

function endLabels(
  { curves, levels }: PlotOptions,
  height: number,
  rowOf: (value: number) => number,
): Map<number, Line> {
  const wanted = [
    ...curves.flatMap(({ points, label }) => {
      const last = points.at(-1);
      return last ? [{ y: last.y, label }] : [];
    }),
    ...levels,
  ].sort((a, b) => b.y - a.y);
  const rows = spreadLabels(
    wanted.map(({ y }) => rowOf(y)),
    height,
  );
  return new Map(wanted.map(({ label }, place) => [rows[place] ?? 0, label]));
}

/** The scale below: a line with ticks, and their labels under them, none over another. */
function scaleBelow({ range, ticks }: Axis, left: number, width: number): Line[] {
  const margin = ' '.repeat(left + 1);
  const columns = ticks.map((tick) => ({ ...tick, column: placeIn(range, tick.at, width) }));
  const marks = Array.from({ length: width }, (_, column) =>
    columns.some((tick) => tick.column === column) ? '┬' : '─',
  );
  const labels: Span[] = [];
  let end = 0;
  for (const { column, label } of columns) {
    const start = Math.max(
      0,
      Math.min(width - label.length, column - Math.floor(label.length / 2)),
    );
    if (start < end) continue;
    labels.push(span(' '.repeat(start - end)), span(label, quiet));
    end = start + label.length + 1;
    labels.push(span(' '));
  }
  return [[span(`${margin}└${marks.join('')}`, faint)], [span(`${margin} `), ...labels]];
}
