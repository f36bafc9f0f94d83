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
  type Span,
  type Style,
  span,
  verdigris,
  violet,
} from '../../drawing/line.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { padTo, widest, widthOf } from '../../drawing/width.ts';
import { bar } from '../../widgets/bar.ts';
import { nearest, type Place, principalPlane } from './character-map.ts';
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
  const map = drawn(uncrowded(principalPlane(vectors)), characters, chosen, mapWidth, height);
  const near = nearest(vectors, chosen, Math.max(3, height - kinds.length - 7));
  const letterWidth = widest(near.map(({ id }) => visibleCharacter(characters[id] ?? '')));
  const side: Line[] = [
    [span('nearest to '), span(visibleCharacter(characters[chosen] ?? ''), rubric, bold)],
    ...near.map(
      ({ id, cosine }): Line => [
        span(padTo(` ${visibleCharacter(characters[id] ?? '')}`, letterWidth + 2), bold),
        ...bar(
          Math.max(0, cosine),
          sideWidth - 11 - letterWidth,
          kindOf(characters[id] ?? '').style,
        ),
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

/** Places moved half the way to where they would lie evenly: most characters lie in a crowd, few far out. */
function uncrowded(places: readonly Place[]): Place[] {
  const ranks = (values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    const last = Math.max(1, values.length - 1);
    return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / last - 1);
  };
  const across = ranks(places.map(({ x }) => x));
  const down = ranks(places.map(({ y }) => y));
  return places.map(({ x, y }, place) => ({
    x: (x + (across[place] ?? x)) / 2,
    y: (y + (down[place] ?? y)) / 2,
  }));
}

/** Each character at its place; one whose place is taken stands at the nearest free one in the row. */
function drawn(
  places: readonly Place[],
  characters: readonly string[],
  chosen: number,
  width: number,
  height: number,
): Line[] {
  const rows = Array.from({ length: height }, () => ({
    taken: new Array<boolean>(width).fill(false),
    spans: new Map<number, Span>(),
  }));
  places.forEach(({ x, y }, id) => {
    const row = rows[Math.round(((1 - y) / 2) * (height - 1))];
    const character = characters[id] ?? '';
    const look = visibleCharacter(character);
    const columns = widthOf(look);
    const wanted = Math.round(((x + 1) / 2) * (width - 1));
    const free = Array.from({ length: width - columns + 1 }, (_, place) => place)
      .filter((place) => !row?.taken.slice(place, place + columns).includes(true))
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    if (!row || free === undefined) return;
    row.taken.fill(true, free, free + columns);
    const { style } = kindOf(character);
    row.spans.set(free, span(look, style, ...(id === chosen ? [inverse, bold] : [])));
  });
  return rows.map(({ taken, spans }) =>
    taken.flatMap((isTaken, column) => spans.get(column) ?? (isTaken ? [] : [span(' ')])),
  );
}
