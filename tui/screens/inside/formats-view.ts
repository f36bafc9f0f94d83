import { characterBits, type TextScore } from '../../../src/sample/score.ts';
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
  span,
} from '../../drawing/line.ts';
import { bits, count } from '../../drawing/numbers.ts';
import { visibleCharacter, wrap } from '../../drawing/text.ts';
import { padTo, takeColumns, widthOf } from '../../drawing/width.ts';
import { bar } from '../../widgets/bar.ts';
import { titleOf } from '../run-words.ts';

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
        Math.max(8, Math.min(50, width - 52)),
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
    [
      span('It sounds like '),
      span(titleOf(first.corpus), rubric, bold),
      span(`: ${difference.toFixed(0)} bits more likely than by the next.`, quiet),
    ],
    line(readWords(first.score.characters, characters), faint),
  ];
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
  return [
    ...parts.flatMap((part) => skyline(part, tall)),
    [
      span(bits(bitsPerCharacter), gold),
      span(' bits per character on average', quiet),
      span(`   a full bar is ${fullSurprise} bits or more`, faint),
    ],
  ];
}

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
