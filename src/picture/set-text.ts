import { widthOf } from './advances.ts';

/** A piece of a word; words that translators added stand in brackets, and are set in italics. */
export interface Piece {
  readonly text: string;
  readonly style: 'normal' | 'italic';
}

export interface PlacedWord {
  readonly x: number;
  readonly pieces: readonly Piece[];
}

export interface Measure {
  readonly size: number;
  /** Where each line begins and how wide it is, by its number. */
  readonly lineAt: (line: number) => { readonly x: number; readonly width: number };
  /** Of each paragraph but the first. */
  readonly indent: number;
}

interface Word {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** Between words, in ems: what is usual, and the widest with which a line still looks like one. */
const space = 0.25;
const widestSpace = 1.2;
/** What is longer goes on in the next line; the longest name in the Bible has 21 characters. */
const longestWord = /.{1,22}/gu;

/** Sets paragraphs (lines of the text) in justified lines, from the left where there is too little for a line. */
export function setText(text: string, { size, lineAt, indent }: Measure): PlacedWord[][] {
  const lines: PlacedWord[][] = [];
  for (const [paragraph, words] of paragraphsOf(text, size).entries()) {
    let rest = words;
    while (rest.length > 0) {
      const at = lineAt(lines.length);
      const first = rest === words && paragraph > 0 ? indent : 0;
      const fitting = countFitting(rest, at.width - first, space * size);
      const line = rest.slice(0, fitting);
      rest = rest.slice(fitting);
      lines.push(placed(line, at.x + first, at.width - first, rest.length === 0, size));
    }
  }
  return lines;
}

function countFitting(words: readonly Word[], width: number, gap: number): number {
  let used = -gap;
  let count = 0;
  for (const word of words) {
    used += gap + word.width;
    if (used > width && count > 0) break;
    count++;
  }
  return count;
}

function placed(
  words: readonly Word[],
  x: number,
  width: number,
  isLast: boolean,
  size: number,
): PlacedWord[] {
  const taken = words.reduce((sum, word) => sum + word.width, 0);
  const justified = (width - taken) / Math.max(1, words.length - 1);
  const gap = isLast || justified > widestSpace * size ? space * size : justified;
  let at = x;
  return words.map(({ pieces, width: own }) => {
    const word = { x: at, pieces };
    at += own + gap;
    return word;
  });
}

function paragraphsOf(text: string, size: number): Word[][] {
  return text
    .split(/\n+/)
    .map((line) => wordsOf(line, size))
    .filter((words) => words.length > 0);
}

function wordsOf(line: string, size: number): Word[] {
  let style: Piece['style'] = 'normal';
  return line
    .split(/\s+/)
    .flatMap((word) => word.match(longestWord) ?? [])
    .map((word) => {
      const pieces: Piece[] = [];
      for (const part of word.split(/([[\]])/)) {
        if (part === '[') style = 'italic';
        else if (part === ']') style = 'normal';
        else if (part !== '') pieces.push({ text: part, style });
      }
      const ems = pieces.reduce((sum, piece) => sum + widthOf(piece.text, piece.style), 0);
      return { pieces, width: ems * size };
    });
}
