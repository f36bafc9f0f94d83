import type { Cell } from '../support/terminal.ts';

const cellWidth = 9;
const cellHeight = 20;
const margin = 12;
const page = '#17150f';
const plain = '#e8e2d4';
/** The sixteen colours as xterm shows them. */
const sixteen = [
  ...['#000000', '#cd0000', '#00cd00', '#cdcd00', '#0000ee', '#cd00cd', '#00cdcd', '#e5e5e5'],
  ...['#7f7f7f', '#ff0000', '#00ff00', '#ffff00', '#5c5cff', '#ff00ff', '#00ffff', '#ffffff'],
];

/**
 * A terminal's screen as a picture, in SVG. Lines, blocks and braille are drawn, so that no font leaves gaps in them;
 * all of one colour are one path.
 */
export function terminalPicture(rows: readonly (readonly Cell[])[]): string {
  const width = (rows[0]?.length ?? 0) * cellWidth + 2 * margin;
  const height = rows.length * cellHeight + 2 * margin;
  const boxes = new Map<string, string>();
  const dots = new Map<string, string>();
  rows.forEach((row, y) => {
    row.forEach((cell, x) => {
      const [left, top, colour] = [margin + x * cellWidth, margin + y * cellHeight, colourOf(cell)];
      const code = cell.text.codePointAt(0) ?? 0;
      if (isBraille(code) && !cell.inverse) append(dots, colour, braille(code - 0x2800, left, top));
      else
        append(
          boxes,
          colour,
          boxesOf(cell)
            .map((box) => pathOf(box, left, top))
            .join(''),
        );
    });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15" xml:space="preserve">`,
    `<rect width="100%" height="100%" rx="8" fill="${page}"/>`,
    ...Array.from(boxes, ([colour, path]) => `<path d="${path}" fill="${colour}"/>`),
    ...Array.from(
      dots,
      ([colour, path]) =>
        `<path d="${path}" stroke="${colour}" stroke-width="2.6" stroke-linecap="round"/>`,
    ),
    ...rows.map((row, y) => textsOf(row, margin + y * cellHeight)),
    '</svg>\n',
  ].join('');
}

function append(paths: Map<string, string>, colour: string, path: string): void {
  if (path !== '') paths.set(colour, (paths.get(colour) ?? '') + path);
}

function colourOf({ colour }: Cell): string {
  return typeof colour === 'number' ? (sixteen[colour] ?? plain) : (colour ?? plain);
}

function isBraille(code: number): boolean {
  return code >= 0x2800 && code <= 0x28ff;
}

type Box = readonly [left: number, top: number, width: number, height: number];

function pathOf([left, top, width, height]: Box, x: number, y: number): string {
  return `M${round(x + left)} ${round(y + top)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

/** What is filled of a character's place; nothing where it is written. */
function boxesOf({ text, inverse }: Cell): Box[] {
  const code = text.codePointAt(0) ?? 0;
  if (inverse) return [[0, 1, cellWidth, cellHeight - 2]];
  if (code >= 0x2581 && code <= 0x2588) {
    const height = ((code - 0x2580) / 8) * cellHeight;
    return [[0, cellHeight - height, cellWidth, height]];
  }
  if (code >= 0x2589 && code <= 0x258f)
    return [[0, 0, ((0x2590 - code) / 8) * cellWidth, cellHeight]];
  if (text === '▀') return [[0, 0, cellWidth, cellHeight / 2]];
  const [left = 0, right = 0, up = 0, down = 0] = arms[text] ?? [];
  const [middleX, middleY] = [cellWidth / 2, cellHeight / 2];
  const across = (from: number, to: number, weight: number): Box => [
    from,
    middleY - weight / 2,
    to - from,
    weight,
  ];
  const along = (from: number, to: number, weight: number): Box => [
    middleX - weight / 2,
    from,
    weight,
    to - from,
  ];
  return [
    across(0, middleX, left),
    across(middleX, cellWidth, right),
    along(0, middleY, up),
    along(middleY, cellHeight, down),
  ].filter(([, , width, height]) => width > 0 && height > 0);
}

/** How thick the arms of a line's character are: left, right, up, down. */
const arms: Readonly<Record<string, readonly number[]>> = {
  '─': [1, 1, 0, 0],
  '━': [3, 3, 0, 0],
  '│': [0, 0, 1, 1],
  '┤': [1, 0, 1, 1],
  '┬': [1, 1, 0, 1],
  '└': [0, 1, 1, 0],
  '┘': [1, 0, 1, 0],
  '┌': [0, 1, 0, 1],
  '┐': [1, 0, 0, 1],
};

/** Where braille's dots lie: column and row, by their bits. */
const brailleDots = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

/** A stroke of no length with round ends is a dot. */
function braille(bits: number, x: number, y: number): string {
  return brailleDots
    .filter((_, bit) => (bits >> bit) & 1)
    .map(([column, row]) => `M${round(x + 2.25 + column * 4.5)} ${round(y + 2.5 + row * 5)}h0`)
    .join('');
}

/** The written characters of a row, those that look alike together. */
function textsOf(row: readonly Cell[], top: number): string {
  const runs: { x: number; text: string; cell: Cell }[] = [];
  row.forEach((cell, x) => {
    if (cell.text === ' ' || isDrawn(cell)) return;
    const last = runs.at(-1);
    const joins = last && last.x + [...last.text].length === x && isAlike(last.cell, cell);
    if (joins) last.text += cell.text;
    else runs.push({ x, text: cell.text, cell });
  });
  return runs
    .map(({ x, text, cell }) => {
      const looks = `${cell.bold ? ' font-weight="bold"' : ''}${cell.italic ? ' font-style="italic"' : ''}`;
      const place = `x="${margin + x * cellWidth}" y="${top + 15}" textLength="${[...text].length * cellWidth}"`;
      return `<text ${place} fill="${cell.inverse ? page : colourOf(cell)}"${looks}>${escaped(text)}</text>`;
    })
    .join('');
}

function isDrawn(cell: Cell): boolean {
  if (cell.inverse) return false;
  return isBraille(cell.text.codePointAt(0) ?? 0) || boxesOf(cell).length > 0;
}

function isAlike(one: Cell, other: Cell): boolean {
  return (
    one.colour === other.colour &&
    one.bold === other.bold &&
    one.italic === other.italic &&
    one.inverse === other.inverse
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
