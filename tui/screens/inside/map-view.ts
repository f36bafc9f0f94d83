import type { StoredNetwork } from '../../../src/run/models.ts';
import { beside, fill } from '../../drawing/layout.ts';
import {
  bold,
  faint,
  gold,
  inverse,
  type Line,
  lapis,
  line,
  quiet,
  rubric,
  type Style,
  span,
  verdigris,
  violet,
} from '../../drawing/line.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { bar } from '../../widgets/bar.ts';
import { nearest, principalPlane } from './character-map.ts';
import { characterVectors } from './vectors.ts';

/** Kinds of characters, with their colours and names. */
const kinds: readonly { readonly name: string; readonly test: RegExp; readonly style: Style }[] = [
  { name: 'vowels', test: /^[aeiouy]$/, style: gold },
  { name: 'consonants', test: /^\p{Ll}$/u, style: lapis },
  { name: 'capitals', test: /^\p{Lu}$/u, style: verdigris },
  { name: 'figures', test: /^\p{N}$/u, style: violet },
  { name: 'marks and spaces', test: /./s, style: quiet },
];

const sideWidth = 30;

export interface MapView {
  readonly model: Pick<StoredNetwork, 'config' | 'weights' | 'tokenizer'>;
  /** The id of the character whose neighbours are named. */
  readonly chosen: number;
  readonly width: number;
  readonly height: number;
}

/** The characters by how alike their vectors are: those used alike lie near each other. */
export function mapView({ model, chosen, width, height }: MapView): Line[] {
  const { tokens: characters } = model.tokenizer;
  const vectors = characterVectors(model);
  const mapWidth = Math.max(20, width - sideWidth - 4);
  const map = drawn(principalPlane(vectors), characters, chosen, mapWidth, height);
  const near = nearest(vectors, chosen, Math.max(3, height - kinds.length - 7));
  const side: Line[] = [
    [span('nearest to '), span(visibleCharacter(characters[chosen] ?? ''), rubric, bold)],
    ...near.map(
      ({ id, cosine }): Line => [
        span(` ${visibleCharacter(characters[id] ?? '')} `, bold),
        ...bar(Math.max(0, cosine), sideWidth - 12, kindOf(characters[id] ?? '').style),
        span(cosine.toFixed(2).padStart(6), quiet),
      ],
    ),
    line(''),
    ...kinds.map(({ name, style }): Line => [span('■ ', style), span(name, quiet)]),
    line('↑↓ another character', faint),
  ];
  return beside(
    [
      { rows: map, width: mapWidth },
      { rows: fill(side, height), width: sideWidth },
    ],
    4,
  );
}

function kindOf(character: string): (typeof kinds)[number] {
  return kinds.find(({ test }) => test.test(character)) ?? { name: '', test: /./, style: quiet };
}

/** Each character at its place; one whose place is taken stands at the nearest free one in the row. */
function drawn(
  places: readonly { readonly x: number; readonly y: number }[],
  characters: readonly string[],
  chosen: number,
  width: number,
  height: number,
): Line[] {
  const cells: (number | undefined)[][] = Array.from({ length: height }, () => new Array(width));
  places.forEach(({ x, y }, id) => {
    const row = cells[Math.round(((1 - y) / 2) * (height - 1))];
    const column = Math.round(((x + 1) / 2) * (width - 1));
    const free = Array.from({ length: width }, (_, place) => place)
      .filter((place) => row?.[place] === undefined)
      .sort((a, b) => Math.abs(a - column) - Math.abs(b - column))[0];
    if (row && free !== undefined) row[free] = id;
  });
  return cells.map((row) =>
    Array.from(row, (id) => {
      if (id === undefined) return span(' ');
      const character = characters[id] ?? '';
      const { style } = kindOf(character);
      return span(visibleCharacter(character), style, ...(id === chosen ? [inverse, bold] : []));
    }),
  );
}
