import { cut, indent, join, joinFitting, lineWidth, spread } from '../drawing/layout.ts';
import {
  blank,
  bold,
  faint,
  type Line,
  line,
  quiet,
  rubric,
  rule,
  type Span,
  span,
  verdigris,
} from '../drawing/line.ts';
import { escapeControl, wrap } from '../drawing/text.ts';
import { keyName } from '../keys/key-names.ts';
import type { Binding } from '../keys/scope.ts';
import type { Screen } from './screen.ts';
import { failure, type Notice } from './shell.ts';

/** The row of the tabs, as much around them as there is room for. */
function headLook(screens: readonly Screen[], open: Screen, state: Line, width: number) {
  // What goes on comes before the name of the program, and before the space between the tabs.
  const mark = span(' ¶', rubric, bold);
  const [sign, run, share] = state;
  const looks: { readonly start: Line; readonly gap: string; readonly state: Line }[] = [
    { start: [mark, span(' escriba   ', bold)], gap: '  ', state },
    { start: [mark, span(' ')], gap: '  ', state },
    { start: [mark, span(' ')], gap: ' ', state },
    { start: [mark, span(' ')], gap: ' ', state: sign && run ? [sign, run] : blank },
    { start: [span(' ')], gap: ' ', state: sign && share ? [sign, span(' '), share] : blank },
  ];
  const drawn = looks.map((look) => ({ ...look, ...tabs(screens, open, look.start, look.gap) }));
  const fits = drawn.find((look) => lineWidth(look.row) + lineWidth(look.state) + 2 <= width);
  return fits ?? { ...tabs(screens, open, [mark], ' '), state: blank };
}

/** The name of the program, the screens with their keys, what goes on, and a line that is thick below the open one. */
export function header(
  screens: readonly Screen[],
  open: Screen,
  state: Line,
  width: number,
): Line[] {
  const { row, places, state: shown } = headLook(screens, open, state, width);
  const { from, to } = places.get(open) ?? { from: 0, to: 0 };
  return [
    spread(row, [...shown, span(' ')], width),
    [
      span('─'.repeat(from), rule),
      span('━'.repeat(to - from), rubric),
      span('─'.repeat(Math.max(0, width - to)), rule),
    ],
  ];
}

/** The screen whose tab stands in a column of the head. */
export function tabAt(
  column: number,
  ...[screens, open, state, width]: Parameters<typeof header>
): Screen | undefined {
  const { places } = headLook(screens, open, state, width);
  return screens.find((screen) => {
    const place = places.get(screen);
    return place && column >= place.from && column < place.to;
  });
}

/** The tabs, and the columns of each. */
function tabs(screens: readonly Screen[], open: Screen, start: Line, gap: string) {
  const row: Span[] = [...start];
  const places = new Map<Screen, { readonly from: number; readonly to: number }>();
  screens.forEach((screen, place) => {
    const { title, tab } = screen;
    if (place > 0) row.push(span(gap));
    const from = lineWidth(row);
    places.set(screen, { from, to: from + title.length + 2 });
    row.push(span(`${tab} `, faint), span(title, ...(screen === open ? [bold] : [quiet])));
  });
  return { row, places };
}

/** The same as a sentence. */
export function screenReaderHeader(open: Screen, state: Line): Line[] {
  return [[span(`Escriba, ${open.title}. `), ...state]];
}

/** The keys that work now, those that matter most first, and an ellipsis where not all fit; help and quit always. */
export function footer(bindings: readonly Binding[], width: number): Line {
  const shown = bindings.filter(({ label }) => label !== '');
  const words = ({ keys, label }: Binding): Line => [
    span(keyName(keys[0] ?? ''), bold),
    span(` ${label}`, quiet),
  ];
  const gap = [span('  ')];
  const last = joinFitting(shown.filter(({ always }) => always).map(words), gap, width);
  const first = shown.filter(({ always }) => !always).map(words);
  const room = width - lineWidth(last) - 4;
  const all = join(first, gap);
  const fitting =
    lineWidth(all) <= room ? all : [...joinFitting(first, gap, room - 3), span('  …', quiet)];
  return spread([span(' '), ...fitting], [...last, span(' ')], width);
}

const signs = {
  done: span(' ✓ ', verdigris, bold),
  failed: span(' ✗ ', rubric, bold),
  note: span(' · ', quiet),
} as const satisfies Record<Notice['kind'], Span>;

/** Something that was done or went wrong, in a row or two. */
export function noticeLines({ kind, text, remedy }: Notice, width: number): Line[] {
  const said = wrap(escapeControl(remedy ? `${text} ${remedy}` : text), width - 5).slice(0, 4);
  const sign = signs[kind];
  return said.map((row, place) => [place === 0 ? sign : span('   '), span(row)]);
}

/** What stands in the place of what cannot be shown. */
export function failureRows(error: unknown, width: number): Line[] {
  const { text, remedy = '' } = failure(error);
  const room = Math.min(76, width - 6);
  const rows = [
    blank,
    line('Something went wrong.', rubric, bold),
    blank,
    ...wrap(escapeControl(text), room).map((row) => line(row)),
    ...(remedy ? wrap(remedy, room).map((row) => line(row, quiet)) : []),
  ];
  return indent(rows, 3);
}

/** A question and its answers. */
export function questionLine(text: string, width: number): Line {
  const answers = [
    span('  '),
    span('y', bold),
    span(' yes  ', quiet),
    span('n', bold),
    span(' no ', quiet),
  ];
  return spread(
    [span(' ? ', rubric, bold), ...cut(line(text, bold), width - 4 - lineWidth(answers))],
    answers,
    width,
  );
}

/** Words in the middle of a page. */
export function middle(rows: readonly Line[], width: number, height: number): Line[] {
  const widest = Math.max(0, ...rows.map(lineWidth));
  const above = Math.max(0, Math.floor((height - rows.length) / 2));
  return [
    ...Array.from({ length: above }, () => blank),
    ...indent(rows, Math.max(0, Math.floor((width - widest) / 2))),
  ];
}

/** What is said where no screen fits. */
export function tooSmall(
  terminal: { readonly columns: number; readonly rows: number },
  smallest: { readonly columns: number; readonly rows: number },
): Line[] {
  const { columns, rows } = terminal;
  const said = `This terminal is ${columns} × ${rows}; Escriba needs at least ${smallest.columns} × ${smallest.rows}. Make it larger, or press q to quit.`;
  return wrap(said, columns)
    .slice(0, rows)
    .map((row) => line(row));
}
