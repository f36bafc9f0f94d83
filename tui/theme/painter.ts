import type { Line, Span } from '../drawing/line.ts';
import type { Palette, Rgb } from './palette.ts';

/** Bits of colour that a terminal has; 1 is none. */
export type ColourDepth = 1 | 4 | 8 | 24;

/** Turns a row into text with SGR codes. */
export type Painter = (row: Line) => string;

/** An attribute of a terminal: what turns it on, and what turns it off. */
type Attribute = readonly [on: string, off: string];

const attributes = {
  bold: ['\x1b[1m', '\x1b[22m'],
  italic: ['\x1b[3m', '\x1b[23m'],
  underline: ['\x1b[4m', '\x1b[24m'],
  inverse: ['\x1b[7m', '\x1b[27m'],
} as const satisfies Record<string, Attribute>;
const flags = ['bold', 'italic', 'underline', 'inverse'] as const;

/** Steps on each side of zero in which values are coloured. */
const shades = 6;

/**
 * Codes stand only where something changes, one attribute each, in the order in which Ink writes them itself: it then
 * takes the row as it is instead of reading it twice.
 */
export function painter(palette: Palette, depth: ColourDepth): Painter {
  const colourOf = memoized((key: string) => colourCode(palette, depth, key));
  return (row) => {
    let painted = '';
    let active: readonly Attribute[] = [];
    for (const span of row) {
      if (span.text === '') continue;
      const wanted = attributesOf(span, colourOf);
      painted += change(active, wanted) + span.text;
      active = wanted;
    }
    return painted + change(active, []);
  };
}

function attributesOf(span: Span, colourOf: (key: string) => string): Attribute[] {
  const { tone, shade } = span;
  const key = shade === undefined ? tone : String(Math.round(shade * shades));
  const colour = key === undefined ? '' : colourOf(key);
  const wanted: Attribute[] = colour === '' ? [] : [[colour, '\x1b[39m']];
  for (const flag of flags) if (span[flag]) wanted.push(attributes[flag]);
  return wanted;
}

function change(from: readonly Attribute[], to: readonly Attribute[]): string {
  const ends = new Set(to.map(([, off]) => off));
  const starts = new Set(from.map(([on]) => on));
  const ended = from.filter(([, off]) => !ends.has(off)).map(([, off]) => off);
  const started = to.filter(([on]) => !starts.has(on)).map(([on]) => on);
  return ended.reverse().join('') + started.join('');
}

/** @param key a tone, or a step of shade from -6 to 6 */
function colourCode(palette: Palette, depth: ColourDepth, key: string): string {
  if (depth === 1) return '';
  const { tones, low, zero, high } = palette;
  const named = Object.entries(tones).find(([tone]) => tone === key)?.[1];
  const step = Number(key);
  const end = step < 0 ? low : high;
  if (depth === 4) return `\x1b[${(named ?? (Math.abs(step) < 2 ? zero : end)).sgr}m`;
  const rgb = named?.rgb ?? between(zero.rgb, end.rgb, Math.min(1, Math.abs(step) / shades));
  if (depth === 24) return `\x1b[38;2;${rgb.join(';')}m`;
  return `\x1b[38;5;${nearestOf256(rgb)}m`;
}

function between(from: Rgb, to: Rgb, share: number): Rgb {
  const mix = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}

/** What xterm's cube of 6·6·6 colours has of red, green and blue, and its 24 greys. */
const levels = [0, 95, 135, 175, 215, 255];
const greys = Array.from({ length: 24 }, (_, place) => 8 + 10 * place);

/** The index in xterm's table of the colour that lies nearest, of the cube or of the greys. */
export function nearestOf256(rgb: Rgb): number {
  const [red, green, blue] = [
    nearest(levels, rgb[0]),
    nearest(levels, rgb[1]),
    nearest(levels, rgb[2]),
  ];
  const grey = nearest(greys, (rgb[0] + rgb[1] + rgb[2]) / 3);
  const away = (...other: readonly number[]) =>
    rgb.reduce((sum, value, place) => sum + (value - (other[place] ?? 0)) ** 2, 0);
  const level = (place: number) => levels[place] ?? 0;
  const own = greys[grey] ?? 0;
  return away(own, own, own) < away(level(red), level(green), level(blue))
    ? 232 + grey
    : 16 + 36 * red + 6 * green + blue;
}

/** The place of the value that lies nearest. */
function nearest(values: readonly number[], wanted: number): number {
  return values.reduce(
    (best, value, place) =>
      Math.abs(value - wanted) < Math.abs((values[best] ?? 0) - wanted) ? place : best,
    0,
  );
}

function memoized<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
