import { characterBits, type TextScore } from '../../../src/sample/score.ts';
import { beside, fill } from '../../drawing/layout.ts';
import {
  blank,
  bold,
  faint,
  gold,
  type Line,
  lapis,
  line,
  quiet,
  rubric,
  type Style,
  span,
} from '../../drawing/line.ts';
import { bits, count } from '../../drawing/numbers.ts';
import { visibleCharacter, wrap, wrapRow } from '../../drawing/text.ts';
import { padTo, takeColumns, widthOf } from '../../drawing/width.ts';
import { bar } from '../../widgets/bar.ts';
import { titleOf } from '../run-words.ts';

const underlined: Style = { underline: true };

/** What goes in and what comes out. */
export const formats = ['one to many', 'many to one', 'many to many'] as const;
export type Format = (typeof formats)[number];

/** The talk's picture of each: y above, the loop, x below. */
const pictures: Readonly<Record<Format, readonly string[]>> = {
  'one to many': [
    'y₁  y₂  y₃  y₄',
    '↑   ↑   ↑   ↑ ',
    'h → h → h → h ',
    '↑             ',
    'x             ',
  ],
  'many to one': [
    '            y ',
    '            ↑ ',
    'h → h → h → h ',
    '↑   ↑   ↑   ↑ ',
    'x₁  x₂  x₃  x₄',
  ],
  'many to many': [
    'y₁  y₂  y₃  y₄',
    '↑   ↑   ↑   ↑ ',
    'h → h → h → h ',
    '↑   ↑   ↑   ↑ ',
    'x₁  x₂  x₃  x₄',
  ],
};

const meanings: Readonly<Record<Format, string>> = {
  'one to many':
    'Writing. One character goes in; each that is drawn goes in again, and a text comes out.',
  'many to one':
    'Whose text is it? A text goes in, and one answer comes out: the network that it surprises least.',
  'many to many':
    'Surprise. At every character the network says what it expects; how many bits it was wrong by stands over each.',
};

/** The picture of a format, beside what it means; read aloud, only that. */
export function formatHead(format: Format, width: number, screenReader: boolean): Line[] {
  if (screenReader) return [line(`${format}: ${meanings[format]}`)];
  const said = wrap(meanings[format], width - 22);
  return pictures[format].map((row, place) => [
    span(`  ${row}    `, lapis),
    ...(place === 0 ? [span(format, bold)] : [span(said[place - 1] ?? '', quiet)]),
  ]);
}

/** What each is drawn under where the three stand side by side. */
function formatColumn(format: Format, width: number, rows: readonly Line[]): Line[] {
  const drawn = pictures[format].map((row) => line(`  ${row}`, lapis));
  const said = wrap(meanings[format], width).map((row) => line(row, quiet));
  return [line(format, bold), blank, ...drawn, blank, ...fill(said, meaningRows), blank, ...rows];
}

/** From this width on, the three formats stand side by side. */
export const formatsBeside = 180;
const meaningRows = 3;
const gap = 4;

/** The room that each then has for what it shows. */
export function formatRoom({ width, height }: Room): Room {
  return { width: Math.floor((width - 2 * gap) / 3), height: height - 5 - meaningRows - 4 };
}

interface Room {
  readonly width: number;
  readonly height: number;
}

/** All three formats, each with what it shows. */
export function formatColumns(
  rowsOf: Readonly<Record<Format, readonly Line[]>>,
  width: number,
): Line[] {
  const each = formatRoom({ width, height: 0 }).width;
  return beside(
    formats.map((format) => ({ rows: formatColumn(format, each, rowsOf[format]), width: each })),
    gap,
  );
}

/** How a text is scored by the network of each book. */
export interface BookScore {
  readonly corpus: string;
  readonly run: number;
  readonly score: TextScore;
}

const nothingToRead: Line[] = [line('No text to read: press i to type one.', quiet)];

/**
 * Which network a text surprises least. All of them were given the same text: of its `characters`, those that all know.
 */
export function whoseRows(
  scores: readonly BookScore[],
  width: number,
  characters = scores[0]?.score.characters ?? 0,
): Line[] {
  if (scores.length === 0) return [line('There is no network yet.', quiet)];
  const sorted = scores
    .filter(({ score }) => score.characters > 0)
    .sort((a, b) => a.score.bitsPerCharacter - b.score.bitsPerCharacter);
  const [first, second] = sorted;
  if (!first) return nothingToRead;
  const most = Math.max(...sorted.map(({ score }) => score.bitsPerCharacter));
  const rows = sorted.map(
    ({ corpus, run, score }, place): Line => [
      span(padTo(takeColumns(titleOf(corpus), 20), 21), ...(place === 0 ? [bold] : [quiet])),
      ...bar(
        score.bitsPerCharacter / most,
        Math.max(8, Math.min(50, width - 54)),
        place === 0 ? gold : lapis,
      ),
      span(` ${bits(score.bitsPerCharacter)} bits/character`, ...(place === 0 ? [] : [quiet])),
      span(`  run ${run}`, faint),
    ],
  );
  if (!second)
    return [
      ...rows,
      blank,
      line('Train a network on a second book to have something to compare.', quiet),
    ];
  const difference =
    (second.score.bitsPerCharacter - first.score.bitsPerCharacter) * first.score.characters;
  return [
    ...rows,
    blank,
    ...wrapRow(
      [
        span('It sounds like '),
        span(titleOf(first.corpus), rubric, bold),
        span(`: ${difference.toFixed(0)} bits more likely than by the next.`, quiet),
      ],
      width,
    ),
    ...wrap(readWords(first.score.characters, characters), width).map((row) => line(row, faint)),
    blank,
    ...whereRows([first, second], width),
  ];
}

/** So many bits more make a character one's own; less is the same to both. */
const clearly = 0.5;

/** The text, each character by the one of two networks that expected it clearly more. */
function whereRows([first, second]: readonly [BookScore, BookScore], width: number): Line[] {
  const other = characterBits(second.score.tokens);
  const told = characterBits(first.score.tokens).map(({ character, bits: own }, place) => {
    const more = (other[place]?.bits ?? own) - own;
    const look = more > clearly ? [gold, bold] : more < -clearly ? [lapis, underlined] : [faint];
    return span(visibleCharacter(character), ...look);
  });
  const rows: Line[] = [];
  for (let place = 0; place < told.length; place += width) {
    rows.push(told.slice(place, place + width));
  }
  const names = [
    span(titleOf(first.corpus), gold, bold),
    span(', ', faint),
    span(titleOf(second.corpus), lapis, underlined),
    span(': who expected each character clearly more', faint),
  ];
  return [...wrapRow(names, width), ...rows];
}

function readWords(read: number, all: number): string {
  if (read === all) return `All ${count(all)} characters were read.`;
  return `${count(read)} of ${count(all)} characters were read: the others are not in every network's vocabulary.`;
}

/** Bits that fill the whole height. */
const fullSurprise = 10;
const heights = ' ▁▂▃▄▅▆▇█';

/** A text with the surprise of every character over it, in rows of a width, as tall as there is room for. */
export function surpriseRows(
  { tokens, bitsPerCharacter }: TextScore,
  width: number,
  height: number,
): Line[] {
  const characters = characterBits(tokens);
  if (characters.length === 0) return nothingToRead;
  const parts = inRows(characters, width);
  const tall = Math.max(1, Math.min(12, Math.floor((height - 2) / parts.length) - 2));
  const average: Line = [
    span(bits(bitsPerCharacter), gold),
    span(' bits per character on average', quiet),
    span(`   a full bar is ${fullSurprise} bits or more`, faint),
  ];
  const drawn = [...parts.flatMap((part) => skyline(part, tall)), ...wrapRow(average, width)];
  const left = height - drawn.length - 2;
  return left < 3 ? drawn : [...drawn, blank, ...mostSurprising(characters, left)];
}

/** The characters that surprised most, each with what stands around it, in at most so many rows. */
function mostSurprising(characters: CharacterBits, height: number): Line[] {
  const look = (from: number, to: number) =>
    characters
      .slice(Math.max(0, from), to)
      .map(({ character }) => visibleCharacter(character))
      .join('');
  const most = characters
    .map((each, place) => ({ ...each, place }))
    .sort((a, b) => b.bits - a.bits)
    .slice(0, Math.min(10, height - 1));
  return [
    line('most surprising', quiet),
    ...most.map(
      ({ bits: surprise, place }): Line => [
        span(surprise.toFixed(1).padStart(5)),
        span(' bits  ', faint),
        span(padTo(look(place - around, place), around, 'before'), quiet),
        span(look(place, place + 1), rubric, bold),
        span(look(place + 1, place + 1 + around), quiet),
      ],
    ),
  ];
}

/** Characters before and after one that stand beside it. */
const around = 12;

type CharacterBits = ReturnType<typeof characterBits>;

/** As many characters in a row as its columns hold, wide ones counted as what they take. */
function inRows(characters: CharacterBits, width: number): CharacterBits[] {
  const rows: CharacterBits[number][][] = [[]];
  let taken = 0;
  for (const each of characters) {
    const columns = widthOf(visibleCharacter(each.character));
    if (taken + columns > width && taken > 0) {
      rows.push([]);
      taken = 0;
    }
    rows.at(-1)?.push(each);
    taken += columns;
  }
  return rows;
}

function skyline(characters: CharacterBits, tall: number): Line[] {
  const shown = characters.map(({ character, bits: surprise }) => {
    const look = visibleCharacter(character);
    return { look, surprise, columns: widthOf(look) };
  });
  const bars = Array.from({ length: tall }, (_, row): Line => {
    const below = (tall - 1 - row) * 8;
    return shown.map(({ surprise, columns }) => {
      const share = Math.min(1, surprise / fullSurprise);
      const eighths = Math.max(0, Math.min(8, Math.ceil(share * tall * 8) - below));
      return span((heights[eighths] ?? '█').repeat(columns), { shade: share * 2 - 1 });
    });
  });
  const letters = shown.map(({ look, surprise }) =>
    span(look, ...(surprise > fullSurprise / 2 ? [rubric, bold] : [])),
  );
  return [...bars, letters, blank];
}
