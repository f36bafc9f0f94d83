import { cellNamed } from '../../../src/network/cells/cells.ts';
import { fill } from '../../drawing/layout.ts';
import { blank, bold, type Line, line, quiet, span } from '../../drawing/line.ts';
import { count } from '../../drawing/numbers.ts';
import { visibleCharacter } from '../../drawing/text.ts';
import { widthOf } from '../../drawing/width.ts';
import { heightOf } from '../../widgets/strip.ts';
import type { Inside } from './inside-view.ts';
import type { ReadStep } from './reading.ts';
import { toOne } from './vectors.ts';

/**
 * One unit over the text, as LSTMVis (Strobelt et al. 2016) has it: its states at each step stand over the token that
 * was read, the newest at the end. Some units count verses, some are on within a quotation.
 */
export function unitRows(inside: Inside, unit: number, height: number, width: number): Line[] {
  const { model, reading, layer } = inside;
  const { states } = cellNamed(model.config.cell);
  const rows = inRows(inside, reading.steps, width - 2);
  const shown = rows.slice(-Math.max(1, Math.floor((height - 1) / (states.length + 1))));
  const symbol = (state: string) => (state === 'cell' ? 'c ' : 'h ');
  const head: Line = [
    span(`unit ${unit + 1}`, bold),
    span(` of ${count(model.config.hidden)}, step by step`, quiet),
  ];
  return fill(
    [
      head,
      ...shown.flatMap((steps): Line[] => [
        ...states.map(
          (state): Line => [
            span(symbol(state), quiet),
            ...steps.map(({ look, step }) => {
              const value = stateOf(step, `layer${layer}.${state}`, unit);
              return span(heightOf(value).repeat(widthOf(look)), { shade: value });
            }),
          ],
        ),
        [span('  '), ...steps.map(({ look }) => span(look))],
      ]),
    ],
    height,
  );
}

/** The same as a sentence. */
export function unitSentence({ reading, layer }: Inside, unit: number): Line[] {
  const values = reading.steps
    .slice(-8)
    .map((step) => stateOf(step, `layer${layer}.hidden`, unit).toFixed(2));
  if (values.length === 0) return [blank];
  return [line(`Unit ${unit + 1} in the last ${values.length} steps: ${values.join(', ')}.`)];
}

/** A cell state has no bounds: it is shown by the largest of its step. */
function stateOf({ frame }: ReadStep, state: string, unit: number): number {
  const values = frame.states[state];
  return values ? (toOne(values)[unit] ?? 0) : 0;
}

type Shown = { readonly step: ReadStep; readonly look: string };

/** As many steps in a row as their tokens leave room for. */
function inRows({ model }: Inside, steps: readonly ReadStep[], width: number): Shown[][] {
  const rows: Shown[][] = [[]];
  let taken = 0;
  for (const step of steps) {
    const look = visibleCharacter(model.tokenizer.tokens[step.frame.input] ?? '');
    if (taken + widthOf(look) > width) {
      rows.push([]);
      taken = 0;
    }
    taken += widthOf(look);
    rows.at(-1)?.push({ step, look });
  }
  return rows;
}
