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
import { count } from '../../drawing/numbers.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { padTo, widest, widthOf } from '../../drawing/width.ts';
import { bar } from '../../widgets/bar.ts';
import { nearest, type Place, principalPlane } from './character-map.ts';
import { characterVectors } from './vectors.ts';

/** Kinds of tokens, with their colours and names. */
type Kinds = readonly { readonly name: string; readonly test: RegExp; readonly style: Style }[];

const characterKinds: Kinds = [
  { name: 'vowels', test: /^[aeiouy]$/, style: gold },
  { name: 'consonants', test: /^\p{Ll}$/u, style: lapis },
  { name: 'capitals', test: /^\p{Lu}$/u, style: verdigris },
  { name: 'figures', test: /^\p{N}$/u, style: violet },
  { name: 'marks and spaces', test: /./s, style: quiet },
];

const subwordKinds: Kinds = [
  { name: 'beginnings of words', test: /^ \p{L}/u, style: gold },
  { name: 'letters within', test: /^\p{L}/u, style: lapis },
  { name: 'figures', test: /^ ?\p{N}/u, style: violet },
  { name: 'marks and spaces', test: /./s, style: quiet },
];

const sideWidth = 30;
/** More would stand in each other's place. */
const mostShown = 100;

/** The tokens that a map shows, by their ids: all, or those that the network expects most often, by its output bias. */
export function mappedIds({ tokenizer, weights }: MapView['model']): number[] {
  const ids = Array.from({ length: tokenizer.size }, (_, id) => id);
  const bias = weights['dense.b']?.data;
  if (!bias || ids.length <= mostShown) return ids;
  return ids
    .toSorted((a, b) => (bias[b] ?? 0) - (bias[a] ?? 0))
    .slice(0, mostShown)
    .sort((a, b) => a - b);
}

export interface MapView {
  readonly model: Pick<StoredNetwork, 'config' | 'weights' | 'tokenizer'>;
  /** The id of the character whose neighbours are named. */
  readonly chosen: number;
  readonly width: number;
  readonly height: number;
}

/** The tokens by how alike their vectors are: those used alike lie near each other. */
export function mapView({ model, chosen, width, height }: MapView): Line[] {
  const { tokens: characters } = model.tokenizer;
  const vectors = characterVectors(model);
  const kinds = kindsOf(model);
  const mapWidth = Math.max(20, width - sideWidth - 4);
  // One that was looked for is shown too.
  const ids = [...new Set([...mappedIds(model), chosen])];
  const plane = uncrowded(principalPlane(ids.map((id) => vectors[id] ?? new Float32Array())));
  const places = ids.map((id, place) => ({ id, ...(plane[place] ?? { x: 0, y: 0 }) }));
  const map = drawn(places, model, chosen, mapWidth, height);
  const near = nearest(vectors, chosen, Math.max(3, height - kinds.length - 8));
  const letterWidth = widest(near.map(({ id }) => visibleCharacter(characters[id] ?? '')));
  const side: Line[] = [
    [span('nearest to '), span(visibleCharacter(characters[chosen] ?? ''), rubric, bold)],
    ...near.map(
      ({ id, cosine }): Line => [
        span(padTo(` ${visibleCharacter(characters[id] ?? '')}`, letterWidth + 2), bold),
        ...bar(
          Math.max(0, cosine),
          sideWidth - 11 - letterWidth,
          kindOf(kinds, characters[id] ?? '').style,
        ),
        span(cosine.toFixed(2).padStart(6), quiet),
      ],
    ),
    line(''),
    ...kinds.map(({ name, style }): Line => [span('■ ', style), span(name, quiet)]),
    line('↑↓ another, / finds one', faint),
    ...(ids.length < characters.length
      ? [line(`${ids.length} most used of ${count(characters.length)}`, faint)]
      : []),
  ];
  return beside(
    [
      { rows: map, width: mapWidth },
      { rows: fill(side, height), width: sideWidth },
    ],
    4,
  );
}

function kindsOf({ tokenizer }: MapView['model']): Kinds {
  return tokenizer.kind === 'bpe' ? subwordKinds : characterKinds;
}

function kindOf(kinds: Kinds, character: string): Kinds[number] {
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
  places: readonly (Place & { readonly id: number })[],
  model: MapView['model'],
  chosen: number,
  width: number,
  height: number,
): Line[] {
  const rows = Array.from({ length: height }, () => ({
    taken: new Array<boolean>(width).fill(false),
    spans: new Map<number, Span>(),
  }));
  const kinds = kindsOf(model);
  // Characters may stand side by side, subwords would read as one.
  const gap = model.tokenizer.kind === 'bpe' ? 1 : 0;
  for (const { id, x, y } of places) {
    const row = rows[Math.round(((1 - y) / 2) * (height - 1))];
    const character = model.tokenizer.tokens[id] ?? '';
    const look = visibleCharacter(character);
    const columns = widthOf(look);
    const wanted = Math.round(((x + 1) / 2) * (width - 1));
    const free = Array.from({ length: width - columns + 1 }, (_, place) => place)
      .filter(
        (place) =>
          !row?.taken.slice(Math.max(0, place - gap), place + columns + gap).includes(true),
      )
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    if (!row || free === undefined) continue;
    row.taken.fill(true, free, free + columns);
    const { style } = kindOf(kinds, character);
    row.spans.set(free, span(look, style, ...(id === chosen ? [inverse, bold] : [])));
  }
  return rows.map(({ taken, spans }) =>
    taken.flatMap((isTaken, column) => spans.get(column) ?? (isTaken ? [] : [span(' ')])),
  );
}
