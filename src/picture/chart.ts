import { linearScale, type Range, type Scale } from './scale.ts';
import { element, text } from './svg.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What belongs together in a chart, in one colour. */
export interface Series {
  readonly label: string;
  /** A thin line. */
  readonly line: readonly Point[];
  /** Dots with a line between. */
  readonly dots: readonly Point[];
}

export interface Chart {
  readonly xTitle: string;
  readonly yTitle: string;
  /** Writes a tick's value. */
  readonly format: (value: number) => string;
  /** The same of the x axis. @default format */
  readonly formatX?: (value: number) => string;
  readonly series: readonly Series[];
}

const width = 900;
const height = 480;
const margin = { left: 70, right: 24, top: 48, bottom: 62 };
const colours = ['#8c2f39', '#23608c', '#4d7a29', '#8a6516', '#6b3f87'];
/** A dot's radius. */
const dot = 4;
const paper = '#fdfaf3';
const ink = '#3b3226';
const faint = '#e4dccb';
/** What lies higher than this above the lowest point is cut off: a curve begins far above where it matters. */
const tallest = 2.5;

/** A chart of curves, as SVG. Where no series has a point, the axes stand alone. */
export function lineChart({ xTitle, yTitle, format, formatX = format, series }: Chart): string {
  const points = series.flatMap(({ line, dots }) => [...line, ...dots]);
  const [low, high] = ends(points.map(({ y }) => y));
  const x = linearScale(
    [0, ends(points.map((point) => point.x))[1]],
    [margin.left, width - margin.right],
    9,
  );
  const y = linearScale(
    [low, Math.min(high, low + tallest)],
    [height - margin.bottom, margin.top],
    7,
  );
  // A little more than the axes, for the dots that lie on them.
  const plot = {
    x: margin.left - dot,
    y: margin.top - dot,
    width: width - margin.left - margin.right + 2 * dot,
    height: height - margin.top - margin.bottom + 2 * dot,
  };
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-size': 17, fill: ink },
    element('rect', { width, height, fill: paper }),
    element('clipPath', { id: 'plot' }, element('rect', plot)),
    ...y.ticks.map((tick) => row(y(tick), format(tick))),
    ...x.ticks.map((tick) =>
      text(formatX(tick), { x: x(tick), y: height - margin.bottom + 24, 'text-anchor': 'middle' }),
    ),
    text(xTitle, { x: width / 2, y: height - 14, 'text-anchor': 'middle' }),
    text(yTitle, { x: 14, y: 28 }),
    element(
      'g',
      { 'clip-path': 'url(#plot)' },
      ...series.flatMap((each, place) => curves(each, colourOf(place), x, y)),
    ),
    ...legend(series),
  );
}

function curves({ line, dots }: Series, colour: string, x: Scale, y: Scale): string[] {
  const path = (points: readonly Point[]) =>
    points.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(' ');
  const stroke = { fill: 'none', stroke: colour, 'stroke-linejoin': 'round' };
  return [
    element('polyline', { ...stroke, points: path(line), 'stroke-width': 1.2, opacity: 0.55 }),
    element('polyline', { ...stroke, points: path(dots), 'stroke-width': 2.4 }),
    ...dots.map((point) =>
      element('circle', {
        cx: x(point.x).toFixed(1),
        cy: y(point.y).toFixed(1),
        r: dot,
        fill: colour,
      }),
    ),
  ];
}

function row(at: number, label: string): string {
  return (
    element('line', { x1: margin.left, x2: width - margin.right, y1: at, y2: at, stroke: faint }) +
    text(label, { x: margin.left - 10, y: at + 6, 'text-anchor': 'end' })
  );
}

/** From the right, so that it does not meet the title on the left. */
function legend(series: readonly Series[]): string[] {
  return series.map(({ label }, place) =>
    text(label, {
      x: width - margin.right,
      y: 28 + 22 * place,
      'text-anchor': 'end',
      fill: colourOf(place),
      'font-weight': 700,
    }),
  );
}

function colourOf(place: number): string {
  return colours[place % colours.length] ?? ink;
}

/** The least and the greatest, apart even where all are the same or there are none. */
function ends(values: readonly number[]): Range {
  const least = values.reduce((one, other) => Math.min(one, other), Infinity);
  const greatest = values.reduce((one, other) => Math.max(one, other), -Infinity);
  if (least === Infinity) return [0, 1];
  return least === greatest ? [least - 0.5, greatest + 0.5] : [least, greatest];
}
