import { networkNotation } from '../../../src/network/notation.ts';
import type { WritableNetwork } from '../../data/writable-networks.ts';
import { beside, fill, indent, inWidth, spread } from '../../drawing/layout.ts';
import {
  blank,
  bold,
  faint,
  gold,
  type Line,
  line,
  quiet,
  rubric,
  span,
} from '../../drawing/line.ts';
import { bits, count, short } from '../../drawing/numbers.ts';
import { escapeControl, wrap } from '../../drawing/text.ts';
import type { TextEdit } from '../../keys/text-edit.ts';
import { manuscript } from '../../widgets/manuscript.ts';
import { restingLine, typedLine } from '../../widgets/text-field.ts';
import { passageKindOf, titleOf } from '../run-words.ts';
import type { Written, WrittenBy } from './written.ts';

/** One of the texts that stand side by side. */
export interface Pane {
  readonly model: WritableNetwork | undefined;
  readonly temperature: number;
  readonly written: Written | undefined;
}

export interface WriteView {
  readonly seed: string;
  readonly typed: TextEdit | undefined;
  readonly panes: readonly Pane[];
  readonly length: string;
  readonly topP: number;
  /** The option that keys change: of a pane its model or temperature, or one of all. */
  readonly chosen: string;
  /** Lines that the texts are moved up by, where a person did so. */
  readonly scrolled: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly screenReader: boolean;
}

export function writeView(view: WriteView): Line[] {
  const { panes, width, height } = view;
  const inner = width - 4;
  if (view.screenReader) {
    const texts = panes.map((pane, place) => paneRows(view, pane, place, inner, height));
    return [seedLine(view, inner), ...texts.flat()];
  }
  const each = Math.min(78, Math.floor((inner - (panes.length - 1) * 4) / panes.length));
  const head = [seedLine(view, inner), blank];
  const columns = panes.map((pane, place) => ({
    rows: paneRows(view, pane, place, each, height - head.length),
    width: each,
  }));
  return indent(fill([...head, ...beside(columns, 4)], height), 2);
}

function seedLine({ seed, typed, length, topP, chosen }: WriteView, width: number): Line {
  const options: Line = [
    ...option('length', length, chosen === 'length'),
    span('  '),
    ...option('top-p', String(topP), chosen === 'top-p'),
  ];
  const room = Math.max(10, width - 44);
  const text = typed ? typedLine(typed, room) : restingLine(seed, 'none: press i to type one');
  return spread([span('seed  ', quiet), ...text], options, width);
}

function option(name: string, value: string, isChosen: boolean): Line {
  if (!isChosen) return [span(`${name} `, quiet), span(`  ${value}  `)];
  return [span(`${name} `), span('‹ ', rubric, bold), span(value, bold), span(' ›', rubric, bold)];
}

function paneRows(
  { chosen, scrolled, topP }: WriteView,
  { model, temperature, written }: Pane,
  place: number,
  width: number,
  height: number,
): Line[] {
  if (!model)
    return [line('No network has been trained yet.'), line('Press n to start a training.', quiet)];
  const { run, checkpoint, serves } = model;
  const name = `${titleOf(run.corpus)}, run ${run.id}`;
  const about: Line = [
    span(bits(checkpoint.bitsPerCharacter), gold),
    span(`  ${networkNotation(run.network)}`, quiet),
    span(serves ? '  ★ active' : '', quiet),
  ];
  const head = [
    chosen === `model ${place}`
      ? [span('‹ ', rubric, bold), span(name, bold), span(' ›', rubric, bold)]
      : [span('  '), span(name, bold)],
    [span('  '), ...about],
    [
      span('  '),
      ...option('temperature', temperature.toFixed(1), chosen === `temperature ${place}`),
    ],
    blank,
  ];
  const room = height - head.length - 2;
  const text = written
    ? [
        ...otherwise(written.by, { corpus: run.corpus, run: run.id, temperature, topP }, width - 2),
        ...textRows(written, width - 2),
      ]
    : [line('Press Enter to write.', faint)];
  // A text that grows is seen at its end, one that is there from its beginning.
  const usual = written?.state === 'writing' ? Infinity : 0;
  const top = Math.max(0, Math.min(scrolled ?? usual, text.length - room));
  return [
    ...head,
    ...fill(indent(text.slice(top), 2), room),
    inWidth([span('  '), ...footing(written)], width),
  ];
}

/** How a text was written, where something else is chosen by now. */
function otherwise(by: WrittenBy, now: WrittenBy, width: number): Line[] {
  const parts = [
    by.run === now.run ? '' : `by ${titleOf(by.corpus)}, run ${by.run}`,
    by.temperature === now.temperature ? '' : `at temperature ${by.temperature.toFixed(1)}`,
    by.topP === now.topP ? '' : `with top-p ${by.topP}`,
  ].filter(Boolean);
  if (parts.length === 0) return [];
  return wrap(`written ${parts.join(', ')}; Enter writes again`, width).map((row) =>
    line(row, gold),
  );
}

function textRows(written: Written, width: number): Line[] {
  const { by, seed, text, note, state } = written;
  const notes = wrap(escapeControl(note), width);
  if (state === 'failed') return notes.map((row) => line(row, rubric));
  const rows = manuscript(seed, text, passageKindOf(by.corpus), width);
  const cursor = state === 'writing' ? [span('▌', rubric)] : [];
  const last = rows.at(-1) ?? blank;
  const said = note ? notes.map((row) => line(row, faint)) : [];
  return [...said, ...rows.slice(0, -1), [...last, ...cursor]];
}

function footing(written: Written | undefined): Line {
  if (!written || written.state === 'failed' || written.text === '') return blank;
  const { text, charsPerSecond, randomSeed } = written;
  return line(
    `random seed ${randomSeed}, ${count(text.length)} characters, ${short(charsPerSecond)}/s`,
    faint,
  );
}
