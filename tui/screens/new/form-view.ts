import { beside, fill, indent, inWidth } from '../../drawing/layout.ts';
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
  textOf,
} from '../../drawing/line.ts';
import { bits, bytes, count, duration, short } from '../../drawing/numbers.ts';
import { sentence, wrap } from '../../drawing/text.ts';
import type { TextEdit } from '../../keys/text-edit.ts';
import type { Size } from '../../shell/screen.ts';
import { typedLine } from '../../widgets/text-field.ts';
import { cost } from './cost.ts';
import type { Field } from './field-kinds.ts';
import type { Measurement } from './use-measured.ts';
import type { Wish } from './wish.ts';

/** A run that was measured. */
export interface EarlierRun {
  readonly id: number;
  readonly corpus: string;
  readonly notation: string;
  readonly bitsPerCharacter: number;
}

export interface FormView {
  readonly wish: Wish;
  readonly fields: readonly Field[];
  readonly chosen: number;
  /** Whether it is the page of the other options. */
  readonly isMore: boolean;
  readonly typed: TextEdit | undefined;
  readonly measurement: Measurement;
  /** Whether another training is under way. */
  readonly isBusy: boolean;
  /** What runs on the same text came to, the best first. */
  readonly earlier: readonly EarlierRun[];
  readonly width: number;
  readonly height: number;
}

const titleWidth = 15;
const formWidth = 38;
const expectationWidth = 36;
/** What each field is about, beside all of them where there is room. */
const aboutWidth = 74;

/** Whether there is room for what each field is about. */
function isWideEnough(width: number): boolean {
  return width >= formWidth + aboutWidth + expectationWidth + 18;
}

/** Whether both pages of the form fit under each other. */
export function holdsBoth({ width, height }: Size): boolean {
  return isWideEnough(width) && height >= 40;
}

export function formView(view: FormView): Line[] {
  const { fields, chosen, width, height } = view;
  const isBeside = width >= formWidth + expectationWidth + 8;
  const isWide = isWideEnough(width);
  // Where each field has it at its side, once is enough.
  const about = isWide
    ? []
    : wrap(fields[chosen]?.about ?? '', width - 6).map((row) => line(row, quiet));
  const brief = isBeside ? [] : briefly(view, width - 4);
  // What stands below has usually so many rows: the page is not to move as they change.
  const below = isBeside ? 2 : 4;
  const page = ({ isTall, isTitled }: { readonly isTall: boolean; readonly isTitled: boolean }) => {
    const gap = isTall ? [blank] : [];
    const form = {
      rows: fieldRows(view, isTall, isWide),
      width: formWidth + (isWide ? aboutWidth : 0),
    };
    const expected = {
      rows: [
        ...expectation(view, expectationWidth),
        ...(isWide && isTall ? earlierRows(view.earlier) : []),
      ],
      width: expectationWidth,
    };
    const rows = isBeside ? beside([form, expected], width < 100 ? 4 : 10) : form.rows;
    const above = [
      ...(isTitled
        ? [line(view.isMore ? 'A new training: more options' : 'A new training', bold), ...gap]
        : []),
      ...rows,
    ];
    const foot = [...gap, ...indent(about, 2)];
    const room = height - above.length - foot.length;
    const isWhole = above.length + gap.length + below <= height;
    return { isWhole, isTall, rows: [...above, ...brief.slice(0, Math.max(0, room)), ...foot] };
  };
  const pages = [true, false].flatMap((isTall) =>
    [true, false].map((isTitled) => page({ isTall, isTitled })),
  );
  const shown = pages.find(({ isWhole }) => isWhole) ?? pages.at(-1);
  return indent(fill(shown?.rows ?? [], height), shown?.isTall ? 3 : 1);
}

function fieldRows({ fields, chosen, typed }: FormView, isTall: boolean, isWide: boolean): Line[] {
  return fields.flatMap(({ title, value, group, about }, place) => {
    const isChosen = place === chosen;
    const shown: Line = isChosen
      ? typed
        ? typedLine(typed, formWidth - titleWidth - 2)
        : [span('‹ ', quiet), span(value, bold), span(' ›', quiet)]
      : [span('  '), span(value)];
    const begins = isTall && place > 0 && group !== fields[place - 1]?.group;
    const row = inWidth(
      [
        span(isChosen ? '▸ ' : '  ', rubric, bold),
        ...inWidth(line(title, ...(isChosen ? [] : [quiet])), titleWidth),
        ...shown,
      ],
      formWidth,
    );
    const explained = isWide ? [...row, span(about, faint)] : row;
    return begins ? [blank, explained] : [explained];
  });
}

/** What others on the same text came to: what there is to be better than. */
function earlierRows(earlier: readonly EarlierRun[]): Line[] {
  if (earlier.length === 0) return [];
  const rows = earlier
    .slice(0, mostEarlier)
    .map(({ id, notation, bitsPerCharacter }) =>
      inWidth(
        [span(bits(bitsPerCharacter), gold), span(`  ${notation}`), span(`  run ${id}`, quiet)],
        expectationWidth,
      ),
    );
  return [
    ...[blank, blank, line('Best so far', bold)],
    line('held-out bits per character', quiet),
    ...rows,
  ];
}

const mostEarlier = 10;

/** What to expect in a row or two, where there is no room beside the form. */
function briefly(view: FormView, width: number): Line[] {
  const [, ...rows] = expectation(view, width);
  if (view.measurement.state !== 'measured') return rows;
  return wrap(rows.map((row) => textOf(row).replace(/ +/g, ' ')).join(' · '), width).map((row) =>
    line(row),
  );
}

/** What the training will take and come to, by the measurement. */
export function expectation({ wish, measurement, isBusy }: FormView, width: number): Line[] {
  const title = line('What to expect', bold);
  switch (measurement.state) {
    case 'waiting':
      return [
        title,
        ...wrap(
          isBusy
            ? 'Another training is running, and measuring would slow both. Press m to measure anyway.'
            : 'About to measure this machine for two seconds.',
          width,
        ).map((row) => line(row, quiet)),
      ];
    case 'measuring':
      return [title, line('Measuring for two seconds…', quiet)];
    case 'failed':
      return [
        title,
        ...wrap(`${sentence(measurement.failure)} m tries again.`, width).map((row) =>
          line(row, rubric),
        ),
      ];
    case 'measured': {
      const { parameters, vocabularySize, memory, charsPerSecond, characters, tokens } =
        measurement.measured;
      const { steps, passes, seconds } = cost(wish, measurement.measured);
      const rows: [string, string][] = [
        ['parameters', short(parameters)],
        ['tokens', tokenWords(vocabularySize, characters / tokens)],
        ['memory', bytes(memory)],
        ['speed', `${short(charsPerSecond)} chars/s`],
        ['time', duration(seconds)],
        ['passes', `${short(passes)} of ${short(characters)} chars`],
        ['steps', count(steps)],
      ];
      return [
        title,
        ...rows.map(([name, value]) => [span(name.padEnd(titleWidth), quiet), span(value)]),
      ];
    }
  }
}

/** How many tokens there are, and how much of the text each stands for on average. */
function tokenWords(vocabularySize: number, charactersEach: number): string {
  if (charactersEach === 1) return `${count(vocabularySize)} characters`;
  return `${count(vocabularySize)}, ${charactersEach.toFixed(1)} chars each`;
}
