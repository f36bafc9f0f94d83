import { networkNotation } from '../../../src/network/notation.ts';
import type { Run } from '../../../src/store/runs.ts';
import type { Sample } from '../../../src/store/samples.ts';
import { beside, cut, fill, indent, inWidth, spread } from '../../drawing/layout.ts';
import { blank, bold, faint, type Line, line, quiet, span } from '../../drawing/line.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import { type ChartLook, lookWords, type RunCurves } from '../charts/look.ts';
import { runWords, titleOf } from '../run-words.ts';
import { lossSentence } from '../train/loss-chart.ts';
import { sampleColumns, sampleLines } from '../train/samples.ts';
import { compareChart } from './compare-chart.ts';
import { configurationLines, configurationOf } from './configuration.ts';
import { marks, type RunsTable, tableHead, tableRows } from './runs-table.ts';

export interface RunsView {
  readonly table: Omit<RunsTable, 'width'>;
  /** The first row of the table that is shown, and how many there are in all. */
  readonly top: number;
  readonly total: number;
  readonly heading: Line;
  readonly drawn: readonly RunCurves[];
  readonly samples: readonly Sample[];
  readonly look: ChartLook;
  readonly width: number;
  readonly height: number;
  readonly dots: Dots;
  readonly screenReader: boolean;
}

/** From this width on, the curves stand beside the list. */
const wide = 110;

/** Rows that the list has room for. */
export function rowsOf({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): number {
  return width < wide ? Math.max(4, Math.floor((height - 4) * 0.45)) : height - 5;
}

/** How wide the list is. */
export function listWidth(width: number): number {
  return width < wide ? width - 2 : Math.max(58, Math.floor(width * 0.46));
}

export function runsView(view: RunsView): Line[] {
  const { heading, width, height, drawn } = view;
  if (view.screenReader) {
    const said = drawn.map(
      ({ run, ...curves }) => `Run ${run.id}. ${lossSentence({ ...curves, run })}`,
    );
    return [heading, ...listRows(view, width), ...said.map((each) => line(each))];
  }
  if (width < wide) {
    const list = listRows(view, width - 2);
    const rows = [heading, ...list, ...curveRows(view, width - 2, height - list.length - 1)];
    return indent(fill(rows, height), 1);
  }
  const left = listWidth(width);
  const right = width - left - 5;
  return indent(
    fill(
      beside(
        [
          { rows: [heading, blank, ...listRows(view, left)], width: left },
          { rows: detailRows(view, right, height), width: right },
        ],
        3,
      ),
      height,
    ),
    1,
  );
}

function listRows(view: RunsView, width: number): Line[] {
  const { top, total } = view;
  const count = rowsOf(view);
  const table = { ...view.table, width };
  const shown = { ...table, runs: table.runs.slice(top, top + count), chosen: table.chosen - top };
  const below = total - top - count;
  const rows = fill(tableRows(shown), count);
  // Under the last row where the list goes on: nothing stands over a column.
  const more = below > 0 ? [line(`    ${below} more`, faint)] : [blank];
  return [tableHead(table), ...rows, ...more];
}

/** Which runs are drawn, and their curves. */
function curveRows(view: RunsView, width: number, height: number): Line[] {
  const { drawn, look, dots } = view;
  const [first] = drawn;
  if (!first) return [];
  const what =
    drawn.length > 1
      ? line(`${drawn.length} marked runs`, quiet)
      : [
          span(titleOf(first.run.corpus), bold),
          span(`  ${networkNotation(first.run.network)}  ${runWords(first.run)}`, quiet),
        ];
  return [
    blank,
    spread(
      what,
      line(
        `${width < 76 ? 'validation' : 'validation, bits per character'}${lookWords(look)}`,
        quiet,
      ),
      width,
    ),
    ...compareChart(drawn, look, { width, height: height - 2 }, dots),
  ];
}

/** Beside the list: the curves, and what there is to know of the run. */
function detailRows(view: RunsView, width: number, height: number): Line[] {
  const [first] = view.drawn;
  if (!first) return [];
  const chart = Math.max(10, Math.floor(height * 0.42));
  const rows = [...curveRows(view, width, chart).slice(1), blank];
  const left = height - rows.length;
  if (view.drawn.length > 1)
    return [
      ...rows,
      ...differences(
        view.drawn.map(({ run }) => run),
        width,
      ),
    ];
  const configuration = configurationLines(first.run, width);
  const shown = configuration.slice(0, Math.max(6, left - 12));
  const samples = sampleColumns(view.samples, first.run.corpus, {
    width,
    height: left - shown.length - 1,
  });
  return [...rows, ...shown, blank, ...samples];
}

/** What is not the same in all of the marked runs, a column a run. */
function differences(runs: readonly Run[], width: number): Line[] {
  const all = runs.map(
    (run) => new Map(configurationOf(run).map(([name, value]) => [name, briefly(value)])),
  );
  const names = [...new Set(all.flatMap((each) => [...each.keys()]))];
  const each = Math.floor((width - nameWidth) / runs.length);
  const row = (name: string, cells: readonly Line[]): Line => [
    span(name.padEnd(nameWidth), quiet),
    ...cells.flatMap((cell) => [...inWidth(cut(cell, each - 1), each)]),
  ];
  const head = runs.map(({ id }, place) => {
    const { sign, style } = marks[place] ?? { sign: '', style: quiet };
    return line(`${sign} run ${id}`, style);
  });
  return [
    row('', head),
    ...names
      .filter((name) => new Set(all.map((values) => values.get(name))).size > 1)
      .map((name) =>
        row(
          name,
          all.map((values) => line(values.get(name) ?? '–')),
        ),
      ),
  ];
}

const nameWidth = 15;

/** As much of a value as tells it from others; of a date not its year. */
function briefly(value: string): string {
  const [first = value] = value.split(/, | of | bits | characters| steps| after /);
  return first.replace(/^\d{4}-(?=\d\d-\d\d )/, '');
}

/** All of a run: its configuration, and its samples from the newest to the first. */
export function runPage(run: Run, samples: readonly Sample[], width: number): Line[] {
  const text = Math.min(width - 4, 76);
  return indent(
    [
      [
        span(titleOf(run.corpus), bold),
        span(`  ${networkNotation(run.network)}  ${runWords(run)}`, quiet),
      ],
      blank,
      ...configurationLines(run, width - 4),
      blank,
      line(
        samples.length > 0
          ? 'Samples, the newest first'
          : run.origin === 'trained'
            ? 'No samples yet.'
            : 'No samples came with it.',
        bold,
      ),
      ...samples.flatMap((sample) => [blank, ...sampleLines(sample, run.corpus, text)]),
    ],
    2,
  );
}
