import { inWidth, lineWidth } from '../../drawing/layout.ts';
import { blank, type Line, quiet, rule, type Span, type Style, span } from '../../drawing/line.ts';
import { widthOf } from '../../drawing/width.ts';
import { Canvas } from './canvas.ts';
import type { Dots } from './dots.ts';
import { placeIn, type Range, spreadLabels, type Tick } from './scale.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line of a chart. Its label, if it has one, stands at the right, beside its end. */
export interface Curve {
  readonly points: readonly Point[];
  readonly style: Style;
  /** A character on its points, as many as leave room: tells it from others where there is no colour. */
  readonly sign?: string;
  readonly label?: Line;
}

/** A dashed line across, for comparison. */
export interface Level {
  readonly y: number;
  readonly label: Line;
}

export interface Axis {
  readonly range: Range;
  readonly ticks: readonly Tick[];
  /** What it counts; stands behind its ticks. */
  readonly name?: string;
}

export interface PlotOptions {
  /** The later ones over the earlier ones. */
  readonly curves: readonly Curve[];
  readonly levels: readonly Level[];
  readonly x: Axis;
  readonly y: Axis;
  /** Where on the x axis a line stands from top to bottom. */
  readonly cursor?: number;
  /** In characters, axes and labels included. */
  readonly width: number;
  readonly height: number;
  readonly dots: Dots;
}

/** A chart: curves with their labels at the right, a scale at the left and one below. */
export function plot(options: PlotOptions): Line[] {
  const { curves, levels, x, y, dots } = options;
  const left = Math.max(0, ...y.ticks.map(({ label }) => label.length));
  const labels = [...curves, ...levels].map(({ label = blank }) => label);
  const right = Math.max(widthOf(x.name ?? ''), ...labels.map(lineWidth));
  const width = Math.max(1, options.width - left - 3 - right);
  const height = Math.max(1, options.height - 2);
  const canvas = new Canvas(dots, width, height);
  for (const curve of curves) draw(canvas, curve, x.range, y.range);
  const rowOf = (value: number) => height - 1 - placeIn(y.range, value, height);
  const cursor = options.cursor === undefined ? -1 : placeIn(x.range, options.cursor, width);
  const field = canvas
    .lines()
    .map((row, place) => (levels.some((level) => rowOf(level.y) === place) ? dashed(row) : row))
    .map((row) => crossed(row, cursor));
  const ends = endLabels(options, height, rowOf);
  const rows = field.map((row, place): Line => {
    const tick = y.ticks.find(({ at }) => rowOf(at) === place);
    const scale = [span((tick?.label ?? '').padStart(left), quiet), span(tick ? ' ┤' : ' │', rule)];
    return [...scale, ...row, span(' '), ...(ends.get(place) ?? blank)];
  });
  return [...rows, ...scaleBelow(x, left, width, right)].map((row) => inWidth(row, options.width));
}

function draw(canvas: Canvas, { points, style, sign }: Curve, x: Range, y: Range): void {
  const drawn: [x: number, y: number][] = [];
  let before: [x: number, y: number] | undefined;
  for (const point of points) {
    const dot: [number, number] = [
      placeIn(x, point.x, canvas.columns),
      // What lies above or below the scale runs along its edge.
      canvas.rows - 1 - placeIn(y, Math.max(y.from, Math.min(y.to, point.y)), canvas.rows),
    ];
    canvas.stroke(...(before ?? dot), ...dot, style);
    before = dot;
    drawn.push(dot);
  }
  if (sign === undefined) return;
  // So many that the line between them is still seen, and always the last.
  const apart = canvas.columns / 6;
  let next = Number.POSITIVE_INFINITY;
  for (const [column, row] of drawn.reverse()) {
    if (column > next) continue;
    canvas.sign(column, row, sign, style);
    next = column - apart;
  }
}

/** A line from top to bottom where nothing else is drawn. */
function crossed(row: Line, cursor: number): Line {
  return row.map((cell, column) =>
    column === cursor && /^[ ╌]$/.test(cell.text) ? span('│', quiet) : cell,
  );
}

/** Dashes where nothing else is drawn. */
function dashed(row: Line): Line {
  return row.map((cell, column) =>
    cell.text === ' ' ? span(column % 2 === 0 ? '╌' : ' ', rule) : cell,
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
      return last && label ? [{ y: last.y, label }] : [];
    }),
    ...levels,
  ]
    // Where there are fewer rows, the curves' stay, which come first.
    .slice(0, height)
    .sort((a, b) => b.y - a.y);
  const rows = spreadLabels(
    wanted.map(({ y }) => rowOf(y)),
    height,
  );
  return new Map(wanted.map(({ label }, place) => [rows[place] ?? 0, label]));
}

/** The scale below: a line with ticks, and their labels under them, none over another. */
function scaleBelow(
  { range, ticks, name = '' }: Axis,
  left: number,
  width: number,
  right: number,
): Line[] {
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
    if (start < end + (end > 0 ? 1 : 0)) continue;
    labels.push(span(' '.repeat(start - end)), span(label, quiet));
    end = start + label.length;
  }
  const scale = inWidth([span(`${margin} `), ...labels], left + 2 + width);
  return [
    [span(`${margin}└${marks.join('')}`, rule)],
    [...scale, span(` ${name}`.slice(0, right + 1), quiet)],
  ];
}
