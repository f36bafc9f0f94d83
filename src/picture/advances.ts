import { Resvg } from '@resvg/resvg-js';
import { fontOptions } from './png.ts';
import { text } from './svg.ts';

const known = new Map<string, number>();
const size = 100;

/** How wide a word is, in ems: the sum of its letters, each measured once. */
export function widthOf(word: string, style: 'normal' | 'italic' = 'normal'): number {
  let width = 0;
  for (const letter of word) width += advanceOf(letter, style);
  return width;
}

/** What a letter takes in a line, with the space around it: between two others, less those two alone. */
function advanceOf(letter: string, style: string): number {
  const key = `${style} ${letter}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const advance = (inkOf(`x${letter}x`, style) - inkOf('xx', style)) / size;
  known.set(key, advance);
  return advance;
}

function inkOf(content: string, style: string): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="200">${text(content, {
    x: 0,
    y: 120,
    'font-size': size,
    'font-style': style,
    'xml:space': 'preserve',
  })}</svg>`;
  return new Resvg(svg, { font: fontOptions }).getBBox()?.width ?? 0;
}
