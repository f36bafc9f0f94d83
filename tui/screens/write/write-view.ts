import { networkNotation } from '../../../src/network/notation.ts';
import { countCharacters } from '../../../src/text/characters.ts';
import type { WritableNetwork } from '../../data/writable-networks.ts';
import { beside, cut, fill, indent, inWidth, join, lineWidth } from '../../drawing/layout.ts';
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
import { escapeControl, wrap, wrapRow } from '../../drawing/text.ts';
import type { TextEdit } from '../../keys/text-edit.ts';
import { manuscript } from '../../widgets/manuscript.ts';
import { restingLine, typedLine } from '../../widgets/text-field.ts';
import { passageKindOf, titleOf } from '../run-words.ts';
import { optionWords } from './options.ts';
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
  /** Those of all panes, in their order: what they are called, and how they stand. */
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly topP: number;
  readonly topK: number;
  readonly minP: number;
  /** What was written before, the newest first. */
  readonly earlier: readonly Written[];
  /** The option that keys change: of a pane its model or temperature, or one of all. */
  readonly chosen: string;
  /** Lines that the texts are moved up by, where a person did so. */
  readonly scrolled: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly screenReader: boolean;
}

/** A column of text that is good to read. */
const measure = 78;
/** The narrowest column in which earlier texts are shown. */
const narrowest = 32;

export function writeView(view: WriteView): Line[] {
  const { panes, width, height, earlier } = view;
  const inner = width - 4;
  const head = [seedLine(view, inner), ...optionLines(view, inner)];
  if (view.screenReader) {
    const texts = panes.map((pane, place) => paneRows(view, pane, place, inner, height));
    return [...head, ...texts.flat()];
  }
  const each = Math.min(measure, Math.floor((inner - (panes.length - 1) * 4) / panes.length));
  const room = height - head.length - 1;
  const columns = panes.map((pane, place) => ({
    rows: paneRows(view, pane, place, each, room),
    width: each,
  }));
  const beyond = Math.min(measure, inner - panes.length * (each + 4));
  const past =
    beyond >= narrowest
      ? [
          {
            rows: (earlier.length > 0
              ? earlierRows(earlier, beyond)
              : explained(view, beyond)
            ).slice(0, room),
            width: beyond,
          },
        ]
      : [];
  return indent(fill([...head, blank, ...beside([...columns, ...past], 4)], height), 2);
}

/** What the options do, until there are texts in their place. */
function explained({ chosen }: WriteView, width: number): Line[] {
  return optionWords.flatMap(([name, about]) => [
    line(name, ...(chosen.startsWith(name) ? [bold] : [quiet])),
    ...indent(
      wrap(about, width - 2).map((row) => line(row, faint)),
      2,
    ),
    blank,
  ]);
}

/** The texts before, where there is room beside the one at hand. */
function earlierRows(earlier: readonly Written[], width: number): Line[] {
  return [
    line('earlier', quiet),
    blank,
    ...earlier.flatMap((written) => [
      ...textRows(written, width),
      ...wrapRow(footing(written), width),
      blank,
    ]),
  ];
}

function seedLine({ seed, typed }: WriteView, width: number): Line {
  const room = Math.max(10, width - 6);
  const text = typed ? typedLine(typed, room) : restingLine(seed, 'none: press i to type one');
  return cut([span('seed  ', quiet), ...text], width);
}

function optionLines({ options, chosen }: WriteView, width: number): Line[] {
  const parts = options.map(([name, value]) => option(name, value, chosen === name));
  const whole = join(parts, [span('  ')]);
  if (lineWidth(whole) <= width) return [whole];
  const half = Math.ceil(parts.length / 2);
  return [parts.slice(0, half), parts.slice(half)].map((row) =>
    cut(join(row, [span('  ')]), width),
  );
}

function option(name: string, value: string, isChosen: boolean): Line {
  if (!isChosen) return [span(`${name} `, quiet), span(`  ${value}  `)];
  return [span(`${name} `), span('‹ ', rubric, bold), span(value, bold), span(' ›', rubric, bold)];
}

function paneRows(
  { chosen, scrolled, topP, topK, minP }: WriteView,
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
        ...otherwise(
          written.by,
          { corpus: run.corpus, run: run.id, temperature, topP, topK, minP },
          width - 2,
        ),
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
    by.topK === now.topK ? '' : by.topK === 0 ? 'without top-k' : `with top-k ${by.topK}`,
    by.minP === now.minP ? '' : by.minP === 0 ? 'without min-p' : `with min-p ${by.minP}`,
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
    `random seed ${randomSeed}, ${count(countCharacters(text))} characters, ${short(charsPerSecond)}/s`,
    faint,
  );
}
