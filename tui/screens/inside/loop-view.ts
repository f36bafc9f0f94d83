import { beside, inWidth } from '../../drawing/layout.ts';
import {
  blank,
  bold,
  faint,
  gold,
  type Line,
  line,
  quiet,
  rubric,
  rule,
  span,
} from '../../drawing/line.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { takeColumns, widthOf } from '../../drawing/width.ts';
import { everyFew, strip } from '../../widgets/strip.ts';
import { oneHot } from './cell-view.ts';
import { type Inside, tokenWord } from './inside-view.ts';
import type { ReadStep } from './reading.ts';
import { characterVectors, toOne } from './vectors.ts';

const boxWidth = 8;
const columnWidth = boxWidth + 3;

/** The loop laid out in time: one cell a step, each handing its hidden state to the next. */
export function loopView(inside: Inside): Line[] {
  const { reading, width, height } = inside;
  if (reading.steps.length === 0)
    return [blank, line(`Press Space to read the first ${tokenWord(inside.model)}.`, quiet)];
  const detail = detailRows(inside, width);
  const tall = Math.max(2, Math.min(12, height - detail.length - 9));
  const count = Math.max(1, Math.floor((width - 6) / columnWidth));
  const shown = reading.steps.slice(-count);
  const names = [
    '',
    'y',
    '',
    ...Array.from({ length: tall + 2 }, (_, row) => (row === (tall + 1) >> 1 ? 'h' : '')),
    '',
    'x',
  ];
  return [
    ...beside(
      [
        { rows: names.map((name) => line(name, quiet)), width: 2 },
        ...shown.map((step, place) => ({
          rows: columnRows(inside, step, tall, place === shown.length - 1),
          width: columnWidth,
        })),
      ],
      0,
    ),
    blank,
    ...detail,
  ];
}

/** A step: the character below, the cell with its hidden state, the next character above. */
function columnRows(
  { model, layer }: Inside,
  step: ReadStep,
  tall: number,
  isLast: boolean,
): Line[] {
  const letter = (id: number) => visibleCharacter(model.tokenizer.tokens[id] ?? '');
  const hidden = step.frame.states[`layer${layer}.hidden`] ?? new Float32Array();
  const values = everyFew(hidden, (boxWidth - 2) * tall);
  const look = isLast ? [rubric] : [rule];
  // In the middle of the box; a long token reaches to the next, and is cut there.
  const centred = (text: string) => {
    const left = Math.max(0, (boxWidth - widthOf(text)) >> 1);
    return `${' '.repeat(left)}${widthOf(text) < columnWidth ? text : `${takeColumns(text, columnWidth - 2)}…`}`;
  };
  const chance = step.chances[step.next] ?? 0;
  return [
    line(centred(`${Math.round(chance * 100)} %`), faint),
    line(centred(letter(step.next)), ...(step.drawn ? [gold, bold] : [bold])),
    line(centred('↑'), quiet),
    [span('┌──────┐', ...look)],
    ...Array.from(
      { length: tall },
      (_, row): Line => [
        span('│', ...look),
        ...inWidth(
          strip(values.slice(row * (boxWidth - 2), (row + 1) * (boxWidth - 2))),
          boxWidth - 2,
        ),
        span('│', ...look),
        span(row === (tall - 1) >> 1 ? ' → ' : '', quiet),
      ],
    ),
    [span('└──────┘', ...look)],
    line(centred('↑'), quiet),
    line(centred(letter(step.frame.input)), bold),
  ];
}

/** How the last character becomes a vector. */
function detailRows({ model, reading }: Inside, width: number): Line[] {
  const last = reading.steps.at(-1);
  if (!last) return [];
  const id = last.frame.input;
  const { config, tokenizer } = model;
  const letter = visibleCharacter(tokenizer.tokens[id] ?? '');
  const V = tokenizer.size;
  const vector = toOne(characterVectors(model)[id] ?? new Float32Array());
  const across = width - 6;
  const picked = strip(everyFew(vector, across));
  if (config.embedding === 'one-hot') {
    return [
      [span(letter, bold), span(` is a vector of ${V} with a single 1, at place ${id};`, quiet)],
      [span('  x   ', quiet), ...oneHot(id, V, across)],
      [span('W times it is one column of W: nothing is multiplied', quiet)],
      [span('  W·x ', quiet), ...picked],
    ];
  }
  return [
    [
      span(letter, bold),
      span(` is number ${id} of ${V}: it picks row ${id} of the embedding`, quiet),
      span(width < 76 ? '' : `, ${config.embedding} learned numbers`, quiet),
    ],
    [span('  x   ', quiet), ...picked],
  ];
}
