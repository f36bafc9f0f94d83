import type { Cell } from './terminal.ts';

const cellWidth = 9;
const cellHeight = 20;
const page = '#17150f';
const plain = '#e8e2d4';
/** The sixteen colours as xterm shows them. */
const sixteen = [
  ...['#000000', '#cd0000', '#00cd00', '#cdcd00', '#0000ee', '#cd00cd', '#00cdcd', '#e5e5e5'],
  ...['#7f7f7f', '#ff0000', '#00ff00', '#ffff00', '#5c5cff', '#ff00ff', '#00ffff', '#ffffff'],
];

/** A terminal's screen as a picture, in SVG. Lines, blocks and braille are drawn, so that no font leaves gaps in them. */
export function terminalPicture(rows: readonly (readonly Cell[])[]): string {
  const width = (rows[0]?.length ?? 0) * cellWidth + 24;
  const height = rows.length * cellHeight + 24;
  const drawn = rows.map((row, y) => {
    const top = 12 + y * cellHeight;
    const shapes = row.map((cell, x) => shape(cell, 12 + x * cellWidth, top)).join('');
    return shapes + texts(row, top);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15" xml:space="preserve">`,
    `<rect width="100%" height="100%" rx="8" fill="${page}"/>`,
    ...drawn,
    '</svg>\n',
  ].join('');
}

function colourOf({ colour }: Cell): string {
  return typeof colour === 'number' ? (sixteen[colour] ?? plain) : (colour ?? plain);
}

/** What is drawn of a character; nothing where it is written. */
function shape(cell: Cell, x: number, y: number): string {
  const fill = colourOf(cell);
  const box = (left: number, top: number, wide: number, tall: number) =>
    `<path d="M${round(x + left)} ${round(y + top)}h${round(wide)}v${round(tall)}h${round(-wide)}z" fill="${fill}"/>`;
  if (cell.inverse) return box(0, 1, cellWidth, cellHeight - 2);
  const code = cell.text.codePointAt(0) ?? 0;
  if (code >= 0x2800 && code <= 0x28ff) return braille(code - 0x2800, x, y, fill);
  if (code >= 0x2581 && code <= 0x2588) {
    const tall = ((code - 0x2580) / 8) * cellHeight;
    return box(0, cellHeight - tall, cellWidth, tall);
  }
  if (code >= 0x2589 && code <= 0x258f)
    return box(0, 0, ((0x2590 - code) / 8) * cellWidth, cellHeight);
  if (cell.text === '▀') return box(0, 0, cellWidth, cellHeight / 2);
  const arms = lines[cell.text];
  if (!arms) return '';
  const [left, right, up, down] = arms;
  const across = (from: number, to: number, weight: number) =>
    weight === 0 ? '' : box(from, cellHeight / 2 - weight / 2, to - from, weight);
  const along = (from: number, to: number, weight: number) =>
    weight === 0 ? '' : box(cellWidth / 2 - weight / 2, from, weight, to - from);
  return (
    across(0, cellWidth / 2, left) +
    across(cellWidth / 2, cellWidth, right) +
    along(0, cellHeight / 2, up) +
    along(cellHeight / 2, cellHeight, down)
  );
}

/** How thick the arms of a line's character are: left, right, up, down. */
const lines: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '─': [1, 1, 0, 0],
  '━': [3, 3, 0, 0],
  '│': [0, 0, 1, 1],
  '┤': [1, 0, 1, 1],
  '├': [0, 1, 1, 1],
  '┬': [1, 1, 0, 1],
  '┴': [1, 1, 1, 0],
  '┼': [1, 1, 1, 1],
  '└': [0, 1, 1, 0],
  '┘': [1, 0, 1, 0],
  '┌': [0, 1, 0, 1],
  '┐': [1, 0, 0, 1],
};

function braille(bits: number, x: number, y: number, fill: string): string {
  const places = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [0, 3],
    [1, 3],
  ];
  const dots = places.flatMap(([column = 0, row = 0], bit) =>
    (bits >> bit) & 1
      ? [
          `M${round(x + 2.3 + column * 4.5 - 1.2)} ${round(y + 2.5 + row * 5)}a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0`,
        ]
      : [],
  );
  return dots.length === 0 ? '' : `<path d="${dots.join('')}" fill="${fill}"/>`;
}

function isDrawn({ text, inverse }: Cell): boolean {
  const code = text.codePointAt(0) ?? 0;
  if (inverse) return false;
  return text in lines || (code >= 0x2580 && code <= 0x258f) || (code >= 0x2800 && code <= 0x28ff);
}

/** The written characters of a row, those of one look together. */
function texts(row: readonly Cell[], top: number): string {
  const runs: { x: number; text: string; cell: Cell }[] = [];
  row.forEach((cell, x) => {
    const last = runs.at(-1);
    if (isDrawn(cell) || cell.text === ' ') return;
    const joins = last && last.x + last.text.length === x && isAlike(last.cell, cell);
    if (joins) last.text += cell.text;
    else runs.push({ x, text: cell.text, cell });
  });
  return runs
    .map(({ x, text, cell }) => {
      const looks = `${cell.bold ? ' font-weight="bold"' : ''}${cell.italic ? ' font-style="italic"' : ''}`;
      const fill = cell.inverse ? page : colourOf(cell);
      return `<text x="${12 + x * cellWidth}" y="${top + 15}" textLength="${[...text].length * cellWidth}" fill="${fill}"${looks}>${escaped(text)}</text>`;
    })
    .join('');
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
