import { widthOf } from './advances.ts';
import { type PlacedWord, setText } from './set-text.ts';
import { element, escaped, text } from './svg.ts';

/** What a page shows. */
export interface PageCard {
  /** `Verse of the day` */
  readonly title: string;
  /** Under the title; empty for none. */
  readonly date: string;
  /** A line for each paragraph; what is in brackets is set in italics. */
  readonly text: string;
  /** Under the text: `John 3:16 · King James Bible`. */
  readonly source: string;
}

const width = 720;
const margin = 66;
const measure = width - 2 * margin;
const ink = '#33291d';
const red = '#8c2f39';
const gold = '#a5854a';
const cream = '#f8efdb';
/** Lines that the initial letter takes. */
const initialLines = 3;
/** Of a capital letter, in ems. */
const capHeight = 0.7;
const sourceSize = 18;

/** A text set like a page of an old Bible, with an ornate initial letter, as SVG; as high as the text is long. */
export function pageCard({ title, date, text: content, source }: PageCard): string {
  const size = sizeFor(content.length);
  const leading = size * 1.4;
  const ruleAt = date === '' ? 92 : 116;
  const firstAt = ruleAt + 34 + size;
  const side = capHeight * size + (initialLines - 1) * leading;
  const { before, initial, rest } = begun(content);
  const lines = setText(rest, {
    size,
    indent: size,
    lineAt: (line) => {
      const from = initial !== '' && line < initialLines ? margin + side + 0.45 * size : margin;
      return { x: from, width: margin + measure - from };
    },
  });
  // A short text stands in the middle of its initial.
  const above = initial === '' ? 0 : Math.max(0, initialLines - lines.length) / 2;
  const rows = initial === '' ? lines.length : Math.max(lines.length, initialLines);
  const endAt = firstAt + (rows - 1) * leading;
  const sources = broken(source, sourceSize);
  const ornamentAt = endAt + 44;
  const height = Math.ceil(ornamentAt + 36 + sources.length * sourceSize * 1.35 + 44);
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, fill: ink },
    paper(height),
    text(title.toLocaleUpperCase(), {
      ...{ x: width / 2, y: 72, 'text-anchor': 'middle' },
      ...{ 'font-size': 19, 'letter-spacing': 3, 'font-weight': 700, fill: red },
    }),
    date === ''
      ? ''
      : text(date, {
          ...{ x: width / 2, y: 99, 'text-anchor': 'middle' },
          ...{ 'font-size': 17, 'font-style': 'italic' },
        }),
    ornament(ruleAt, 150),
    initial === '' ? '' : initialBox(initial, margin, firstAt - capHeight * size, side),
    before === ''
      ? ''
      : text(before, {
          ...{ x: margin - 5, y: firstAt, 'text-anchor': 'end', 'font-size': size },
        }),
    ...lines.flatMap((line, row) =>
      line.map((word) => wordAt(word, firstAt + (above + row) * leading, size)),
    ),
    ornament(ornamentAt, 60),
    ...sources.map((line, row) =>
      text(line, {
        ...{ x: width / 2, y: ornamentAt + 40 + row * sourceSize * 1.35, 'text-anchor': 'middle' },
        ...{ 'font-size': sourceSize, 'font-style': 'italic', fill: red },
      }),
    ),
  );
}

/** The longer a text, the smaller, so that a page stays a page. */
function sizeFor(length: number): number {
  if (length <= 160) return 34;
  return length <= 480 ? 29 : 24;
}

/** The initial letter, the marks before it, and the rest, whose first word goes on in capitals as old pages have it. */
function begun(content: string): { before: string; initial: string; rest: string } {
  const form = /^\s*([^\p{L}\p{N}\s]*)(\p{L})([\p{L}’']*)([\s\S]*)$/u;
  const [, marks = '', letter = '', word = '', rest = ''] = form.exec(content) ?? [];
  if (letter === '') return { before: '', initial: '', rest: content };
  // A bracket is none of the marks: what it begins goes on in italics.
  const open = marks.includes('[') ? '[' : '';
  return {
    before: marks.replaceAll('[', ''),
    initial: letter.toLocaleUpperCase(),
    rest: `${open}${word.toLocaleUpperCase()}${rest}`,
  };
}

function paper(height: number): string {
  const frame = (inset: number, stroke: string, thickness: number) =>
    element('rect', {
      ...{ x: inset, y: inset, width: width - 2 * inset, height: height - 2 * inset },
      ...{ fill: 'none', stroke, 'stroke-width': thickness },
    });
  const corner = (x: number, y: number) => diamond(x, y, 7, red);
  const inset = 30;
  return [
    element(
      'radialGradient',
      { id: 'paper', cx: '50%', cy: '45%', r: '75%' },
      element('stop', { offset: '0%', 'stop-color': '#fbf5e6' }),
      element('stop', { offset: '70%', 'stop-color': '#f6ecd5' }),
      element('stop', { offset: '100%', 'stop-color': '#e9d8b4' }),
    ),
    element('rect', { width, height, fill: 'url(#paper)' }),
    frame(22, red, 2.5),
    frame(inset, gold, 1),
    corner(inset, inset),
    corner(width - inset, inset),
    corner(inset, height - inset),
    corner(width - inset, height - inset),
  ].join('');
}

/** A rule with a diamond in its middle. */
function ornament(y: number, half: number): string {
  const rule = (from: number, to: number) =>
    element('line', { x1: from, x2: to, y1: y, y2: y, stroke: gold, 'stroke-width': 1.2 });
  const middle = width / 2;
  return [
    rule(middle - half, middle - 24),
    rule(middle + 24, middle + half),
    diamond(middle - 14, y, 3.5, gold),
    diamond(middle, y, 6, red),
    diamond(middle + 14, y, 3.5, gold),
  ].join('');
}

function diamond(x: number, y: number, half: number, fill: string): string {
  return element('path', {
    d: `M${x} ${y - half}L${x + half} ${y}L${x} ${y + half}L${x - half} ${y}Z`,
    fill,
  });
}

/** A letter in a square with a leafy corner on each side, as a printer's block has it. */
function initialBox(letter: string, x: number, y: number, side: number): string {
  const line = { fill: 'none', stroke: cream, 'stroke-width': 1.4 };
  const inset = 0.06 * side;
  const leaf = (turn: number) =>
    element(
      'g',
      { transform: `rotate(${turn} ${x + side / 2} ${y + side / 2})`, opacity: 0.75 },
      element('path', {
        ...line,
        d: curve(x + inset, y + inset, side),
      }),
      element('circle', { cx: x + 0.17 * side, cy: y + 0.17 * side, r: 0.022 * side, fill: cream }),
    );
  const size = 0.76 * side;
  return [
    element('rect', { x, y, width: side, height: side, fill: red }),
    element('rect', {
      ...line,
      ...{ x: x + inset, y: y + inset, width: side - 2 * inset, height: side - 2 * inset },
    }),
    ...[0, 90, 180, 270].map(leaf),
    text(letter, {
      ...{ x: x + side / 2, y: y + side / 2 + (capHeight * size) / 2, 'text-anchor': 'middle' },
      ...{ 'font-size': size, 'font-weight': 700, fill: cream },
    }),
  ].join('');
}

/** Two tendrils out of a corner that curl inwards. */
function curve(x: number, y: number, side: number): string {
  const at = (right: number, down: number) => `${x + right * side} ${y + down * side}`;
  return [
    `M${at(0, 0)}C${at(0.16, 0.02)},${at(0.3, 0.03)},${at(0.31, 0.12)}C${at(0.31, 0.18)},${at(0.23, 0.18)},${at(0.23, 0.12)}`,
    `M${at(0, 0)}C${at(0.02, 0.16)},${at(0.03, 0.3)},${at(0.12, 0.31)}C${at(0.18, 0.31)},${at(0.18, 0.23)},${at(0.12, 0.23)}`,
  ].join('');
}

function wordAt({ x, pieces }: PlacedWord, y: number, size: number): string {
  return element(
    'text',
    { x: x.toFixed(1), y: y.toFixed(1), 'font-size': size },
    ...pieces.map((piece) => element('tspan', { 'font-style': piece.style }, escaped(piece.text))),
  );
}

/** In lines that fit: its parts, else their words. */
function broken(content: string, size: number, separators = [' · ', ' ']): string[] {
  const [separator, ...finer] = separators;
  const fits = (line: string) => widthOf(line, 'italic') * size <= measure;
  if (fits(content) || separator === undefined) return [content];
  const lines: string[] = [];
  for (const part of content.split(separator)) {
    const longer = [...lines.slice(-1), part].join(separator);
    if (lines.length > 0 && fits(longer)) lines.splice(-1, 1, longer);
    else lines.push(...broken(part, size, finer));
  }
  return lines;
}
