import { networkNotation } from '../../../src/network/notation.ts';
import type { StoredNetwork } from '../../../src/run/models.ts';
import { inWidth, lineWidth, spread } from '../../drawing/layout.ts';
import {
  bold,
  faint,
  inverse,
  type Line,
  quiet,
  rubric,
  type Style,
  span,
} from '../../drawing/line.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { widthOf } from '../../drawing/width.ts';
import { titleOf } from '../run-words.ts';
import type { Reading } from './reading.ts';

/** The ways to look inside. */
export const insideViews = ['the cell', 'the loop', 'the formats', 'the map'] as const;
export type InsideView = (typeof insideViews)[number];

/** What every view is drawn from. */
export interface Inside {
  readonly model: StoredNetwork;
  readonly reading: Reading;
  /** Counted from 0. */
  readonly layer: number;
  readonly temperature: number;
  /** The unit that is followed through the steps, counted from 0. */
  readonly unit: number | undefined;
  readonly width: number;
  readonly height: number;
}

/** The views, and the network that is looked into. */
export function insideTitle(
  open: InsideView,
  { run, config }: Pick<StoredNetwork, 'run' | 'config'>,
  width: number,
  screenReader: boolean,
): Line {
  const name = `${titleOf(run.corpus)}  ${networkNotation(config)}  run ${run.id}`;
  if (screenReader) return [span(`${open} of ${name}`)];
  const tabs = insideViews.flatMap((view): Line => {
    const isOpen = view === open;
    return [
      span(isOpen ? '▸ ' : '  ', rubric, bold),
      span(view, ...(isOpen ? [bold] : [quiet])),
      span(' '),
    ];
  });
  const brief = `run ${run.id}`;
  const room = width - lineWidth(tabs);
  return spread(tabs, [span(widthOf(name) < room ? name : brief, quiet)], width);
}

/** What was read and written until now, and faintly what is to be read: the character at work stands out. */
export function textRow({ model, reading }: Inside, width: number): Line {
  const { steps, ids, done } = reading;
  const { tokens: characters } = model.tokenizer;
  const letter = (id: number) => visibleCharacter(characters[id] ?? '');
  // Subwords are told apart by two tones, and by the spaces that belong to them; a character's space is seen at work only.
  const isSubword = model.tokenizer.kind === 'bpe';
  const inText = (id: number) => (!isSubword && characters[id] === ' ' ? ' ' : letter(id));
  const from = done - steps.length;
  const before = steps.slice(0, -1).map(({ frame }, place): [string, Style] => {
    const tone = isSubword && (from + place) % 2 === 1 ? quiet : {};
    return [inText(frame.input), { ...tone, ...(steps[place - 1]?.drawn ? bold : {}) }];
  });
  const last = steps.at(-1);
  const ahead = Array.from(ids.subarray(Math.max(0, done - 1)), inText).join('');
  const room = Math.max(8, width - Math.min(24, widthOf(ahead)) - 3);
  let taken = 0;
  const first = before.findLastIndex(([text]) => {
    taken += widthOf(text);
    return taken > room;
  });
  const shown = before.slice(first + 1);
  return inWidth(
    [
      span(before.length > shown.length ? '…' : ''),
      ...shown.map(([text, style]) => span(text, style)),
      ...(last ? [span(letter(last.frame.input), inverse, bold)] : []),
      span(ahead, faint),
    ],
    width,
  );
}

/** What a network reads one of at a step. */
export function tokenWord({ tokenizer }: Pick<StoredNetwork, 'tokenizer'>): string {
  return tokenizer.kind === 'char' ? 'character' : 'token';
}
