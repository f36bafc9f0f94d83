import { networkNotation } from '../../../src/network/notation.ts';
import type { Evaluation } from '../../../src/store/metrics.ts';
import type { Run } from '../../../src/store/runs.ts';
import { inWidth, lineWidth } from '../../drawing/layout.ts';
import {
  bold,
  faint,
  gold,
  type Line,
  lapis,
  line,
  quiet,
  rubric,
  type Style,
  span,
  verdigris,
  violet,
} from '../../drawing/line.ts';
import { ago, bits, percent, short } from '../../drawing/numbers.ts';
import { escapeControl } from '../../drawing/text.ts';
import { widthOf } from '../../drawing/width.ts';
import { heightsOf } from '../../widgets/strip.ts';
import { shareDone, stateName, stateSign } from '../run-words.ts';

/** The looks of the four curves that can be laid over each other, and the signs of their runs. */
export const marks: readonly { readonly sign: string; readonly style: Style }[] = [
  { sign: '◆', style: lapis },
  { sign: '●', style: gold },
  { sign: '▲', style: verdigris },
  { sign: '■', style: violet },
];

export interface RunsTable {
  readonly runs: readonly Run[];
  readonly chosen: number;
  readonly marked: readonly number[];
  /** Those of them whose curves are drawn, in the order of their looks. */
  readonly drawn: readonly number[];
  /** Runs that write for their text. */
  readonly serving: ReadonlySet<number>;
  readonly evaluationsOf: (run: Run) => readonly Evaluation[];
  readonly width: number;
  readonly now: number;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: true;
  cell(run: Run): Line;
}

function columnsOf({ runs, serving, evaluationsOf, width, now }: RunsTable): Column[] {
  const notations = runs.map(({ network }) => networkNotation(network).length);
  const columns: Column[] = [
    {
      title: 'run',
      width: 5,
      right: true,
      cell: ({ id, pinned }) => [span(pinned ? '▴' : '', gold), span(String(id).padStart(3))],
    },
    { title: '', width: 1, cell: (run) => [stateSign(run)] },
    { title: 'text', width: 9, cell: ({ corpus }) => line(corpus) },
    {
      title: 'network',
      width: Math.max(13, ...notations),
      cell: ({ network }) => line(networkNotation(network)),
    },
    {
      title: 'b/char',
      width: 6,
      right: true,
      cell: ({ best }) => line(bits(best?.bitsPerCharacter ?? null), ...(best ? [gold] : [faint])),
    },
    {
      title: '',
      width: 1,
      cell: ({ id }) => (serving.has(id) ? line('★', rubric) : []),
    },
  ];
  const names = runs.map(({ name }) => widthOf(escapeControl(name ?? '')));
  const longest = Math.max(0, ...names);
  const more: Column[] = [
    ...(longest > 0
      ? [
          {
            title: 'name',
            width: Math.max(4, Math.min(width < 100 ? 12 : 24, longest)),
            cell: ({ name }: Run) => line(escapeControl(name ?? '')),
          },
        ]
      : []),
    { title: 'state', width: 9, cell: (run) => line(stateWords(run), quiet) },
    { title: 'age', width: 11, cell: ({ created }) => line(ago(now - created), quiet) },
    {
      title: 'curve',
      width: 12,
      cell: (run) =>
        line(
          heightsOf(
            evaluationsOf(run).map((each) => each.bitsPerCharacter),
            12,
          ),
          quiet,
        ),
    },
    {
      title: 'size',
      width: 6,
      right: true,
      cell: ({ parameters }) => line(short(parameters), quiet),
    },
    {
      title: 'passes',
      width: 6,
      right: true,
      cell: ({ passes }) => line(passes.toFixed(2), quiet),
    },
  ];
  let taken = columns.reduce((sum, column) => sum + column.width + 1, 4);
  for (const column of more) {
    if (taken + column.width + 1 > width) break;
    taken += column.width + 1;
    columns.push(column);
  }
  return columns;
}

function stateWords(run: Run): string {
  return run.state === 'running' ? `at ${percent(shareDone(run))}` : stateName(run);
}

/** The head of the table. */
export function tableHead(table: RunsTable): Line {
  const cells = columnsOf(table).flatMap(({ title, width, right }) => [
    span(right ? title.padStart(width) : title.padEnd(width), quiet),
    span(' '),
  ]);
  return inWidth([span('    '), ...cells], table.width);
}

/** A row a run, the chosen one with a pointer, the marked ones with the sign of their curve. */
export function tableRows(table: RunsTable): Line[] {
  const columns = columnsOf(table);
  return table.runs.map((run, place) => {
    const isChosen = place === table.chosen;
    const mark = marks[table.drawn.indexOf(run.id)];
    const isMarked = table.marked.includes(run.id);
    const cells = columns.flatMap(({ width, right, cell }) => {
      const drawn = cell(run);
      const length = lineWidth(drawn);
      const gap = right ? span(' '.repeat(Math.max(0, width - length))) : span('');
      const styled = isChosen ? drawn.map((each) => ({ ...each, ...bold })) : drawn;
      return [...inWidth([gap, ...styled], width), span(' ')];
    });
    return inWidth(
      [
        span(isChosen ? '▸' : ' ', rubric, bold),
        isMarked && mark ? span(` ${mark.sign} `, mark.style) : span(isMarked ? ' + ' : '   '),
        ...cells,
      ],
      table.width,
    );
  });
}
