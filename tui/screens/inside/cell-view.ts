import type { CellVector } from '../../../src/network/cells/cell.ts';
import { type CellName, cellNamed, cells } from '../../../src/network/cells/cells.ts';
import { beside, cut, fill, inWidth } from '../../drawing/layout.ts';
import {
  blank,
  bold,
  faint,
  gold,
  inverse,
  italic,
  type Line,
  lapis,
  line,
  quiet,
  rubric,
  span,
} from '../../drawing/line.ts';
import { count } from '../../drawing/numbers.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { padTo, widest } from '../../drawing/width.ts';
import { bar } from '../../widgets/bar.ts';
import { everyFew, strip } from '../../widgets/strip.ts';
import { type Inside, tokenWord } from './inside-view.ts';
import { likeliest } from './reading.ts';
import { unitRows } from './unit-view.ts';
import { characterVectors, toOne } from './vectors.ts';

const labelWidth = 14;

/** One step of a cell: what goes in, its gates and states, and what may come next. */
export function cellView(inside: Inside): Line[] {
  const { model, reading, layer, width, height } = inside;
  const step = reading.steps.at(-1);
  const cell = cellNamed(model.config.cell);
  if (!step) return [blank, line(`Press Space to read the first ${tokenWord(model)}.`, quiet)];
  const below = Math.max(4, Math.min(12, height - cell.vectors.length - 3));
  const tall = Math.max(
    1,
    Math.min(3, Math.floor((height - below - 2) / (cell.vectors.length + 1))),
  );
  const across = width - labelWidth - 1;
  const spare = height - below - 2 - (cell.vectors.length + 1) * tall;
  const gap = tall > 1 && spare >= cell.vectors.length + 1 ? [blank] : [];
  const { frame } = step;
  const vectors = cell.vectors.flatMap((vector) => {
    const from = cell.states.includes(vector.key) ? frame.states : frame.gates;
    const values = from[`layer${layer}.${vector.key}`];
    return values
      ? [
          ...vectorRows(
            vector.symbol,
            vector.name,
            shownAs(vector, values),
            across,
            tall,
            inside.unit,
          ),
          ...gap,
        ]
      : [];
  });
  const half = Math.floor(width * 0.45);
  const rows = [
    ...inputRows(inside, frame.input, across, tall),
    ...gap,
    ...vectors,
    scaleRow(model.config.hidden, across, tall),
    ...beside(
      [
        { rows: nextRows(inside, below - 1, half), width: half },
        {
          rows:
            inside.unit === undefined
              ? formulaRows(model.config.cell, below - 1, width - half - 3)
              : unitRows(inside, inside.unit, below - 1, width - half - 3),
          width: width - half - 3,
        },
      ],
      3,
    ),
  ];
  return [...rows, ...historyRows(inside, across, height - rows.length)];
}

/** What the heights and colours mean, and how many of the units they show. */
function scaleRow(hidden: number, across: number, tall: number): Line {
  const every = Math.ceil(hidden / (across * tall));
  const units =
    every === 1
      ? `all ${count(hidden)} units`
      : `every ${ordinal(every)} of ${count(hidden)} units`;
  return cut(
    [
      ...label('', ''),
      span(`${units}  `, faint),
      ...[-1, 0, 1].flatMap((value) => [...strip([value]), span(` ${value}  `, faint)]),
      span('gates ▁ 0  █ 1', faint),
    ],
    across + labelWidth,
  );
}

/** The hidden state of the steps before, the newest first: what stays and what changes. */
function historyRows({ model, reading, layer }: Inside, across: number, height: number): Line[] {
  if (height < 4) return [];
  const steps = reading.steps
    .slice(0, -1)
    .slice(-(height - 2))
    .reverse();
  if (steps.length === 0) return [];
  return [
    blank,
    line('the hidden state of the steps before', quiet),
    ...steps.map(({ frame }): Line => {
      const hidden = frame.states[`layer${layer}.hidden`] ?? new Float32Array();
      const character = visibleCharacter(model.tokenizer.tokens[frame.input] ?? '');
      return [...label('', character), ...strip(everyFew(hidden, across))];
    }),
  ];
}

/** The character that goes in, and its vector. */
function inputRows({ model, layer }: Inside, id: number, across: number, tall: number): Line[] {
  const { tokens: characters } = model.tokenizer;
  const name = visibleCharacter(characters[id] ?? '');
  if (layer > 0) {
    return [[...label('x', 'below'), span('the hidden state of the layer below', quiet)]];
  }
  if (model.config.embedding === 'one-hot') {
    return [[...label('x', name), ...oneHot(id, characters.length, across)]];
  }
  const vector = characterVectors(model)[id] ?? new Float32Array();
  return vectorRows('x', name, toOne(vector), across, Math.min(tall, 2));
}

/** The vector with a single 1. */
export function oneHot(id: number, length: number, across: number): Line {
  const place = length <= across ? id : Math.floor((id / length) * across);
  const size = Math.min(length, across);
  return [
    span('·'.repeat(place), faint),
    span('1', rubric, bold),
    span('·'.repeat(Math.max(0, size - place - 1)), faint),
  ];
}

function vectorRows(
  symbol: string,
  name: string,
  values: ArrayLike<number>,
  across: number,
  tall: number,
  unit?: number,
): Line[] {
  const every = Math.ceil(values.length / (across * tall));
  const shown = Array.from(values).filter((_, place) => place % every === 0);
  const marked = unit === undefined ? -1 : Math.floor(unit / every);
  const rows = Math.min(tall, Math.ceil(shown.length / across));
  const each = Math.ceil(shown.length / rows);
  return Array.from({ length: rows }, (_, row) => [
    ...(row === 0 ? label(symbol, name) : label('', '')),
    ...strip(shown.slice(row * each, (row + 1) * each)).map((value, place) =>
      row * each + place === marked ? { ...value, ...inverse } : value,
    ),
  ]);
}

/** `5th`. */
function ordinal(value: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][value % 100 > 10 && value % 100 < 14 ? 0 : value % 10];
  return `${value}${ending ?? 'th'}`;
}

function label(symbol: string, name: string): Line {
  return inWidth([span(symbol.padEnd(3), bold), span(name, quiet)], labelWidth);
}

/** Values as they are shown, from -1 to 1: a σ from closed (-1) to open (1), a state without bounds by its largest. */
function shownAs({ range }: CellVector, values: Float32Array): ArrayLike<number> {
  if (range === 'unit') return values.map((value) => 2 * value - 1);
  return range === 'unbounded' ? toOne(values) : values;
}

/** The likeliest next characters, with the one that comes. */
function nextRows({ model, reading, temperature }: Inside, count: number, width: number): Line[] {
  const step = reading.steps.at(-1);
  if (!step) return [];
  const { tokens: characters } = model.tokenizer;
  // The chances are those of the step; a temperature that was changed since is of the next one.
  const since = temperature === step.temperature ? '' : `, then ${temperature.toFixed(1)}`;
  const head: Line = [
    span('next', quiet),
    span(`   temperature ${step.temperature.toFixed(1)}${since}`, faint),
  ];
  const all = likeliest(step.chances, characters.length);
  const shown = all.slice(0, count - 1);
  const rank = all.findIndex(({ id }) => id === step.next);
  // The one that comes is always among them, however unlikely it was.
  const chosen = all[rank];
  if (chosen && rank >= shown.length) shown[shown.length - 1] = chosen;
  const letterWidth = widest(shown.map(({ id }) => visibleCharacter(characters[id] ?? '')));
  const room = Math.max(4, width - 19 - letterWidth);
  return [
    head,
    ...shown.map(({ id, chance }): Line => {
      const comes = id === step.next;
      const percent = chance >= 0.0995 ? `${Math.round(chance * 100)}` : (chance * 100).toFixed(1);
      return [
        span(padTo(` ${visibleCharacter(characters[id] ?? '')}`, letterWidth + 2), bold),
        ...bar(chance, room, comes ? gold : lapis),
        span(`${percent.padStart(5)} %`, quiet),
        span(comes ? (step.drawn ? ' ◂ drawn' : ' ◂ read') : '', comes ? gold : {}),
      ];
    }),
  ];
}

/** Each formula with what it is for, where there is room for that. */
function formulaRows(cell: CellName, count: number, width: number): Line[] {
  const { title, vectors } = cells[cell];
  const formulaWidth = Math.max(...vectors.map(({ formula }) => formula.length)) + 2;
  const longest = formulaWidth + Math.max(...vectors.map(({ says }) => says.length));
  const rows = vectors.map(
    ({ formula, says }): Line =>
      longest > width
        ? line(formula)
        : [span(formula.padEnd(formulaWidth)), span(says, faint, italic)],
  );
  const head = rows.length < count ? [line(`${title} cell`, quiet)] : [];
  return fill([...head, ...rows], count);
}
