import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Chart } from '../../../src/picture/chart.ts';
import { writeFileWhole } from '../../../src/run/write-file-whole.ts';
import { count, duration, small } from '../../drawing/numbers.ts';
import { editOf, type TextEdit } from '../../keys/text-edit.ts';
import { typedPath } from '../../processes/typed-path.ts';
import { failure, useShell } from '../../shell/shell.ts';
import { useTypedText } from '../../widgets/text-field.ts';
import { type ChartLook, placeOf, type RunCurves } from './look.ts';

/** The chart of some runs as a picture has it: the training loss as a line, evaluations as dots. */
export function pictureOf(drawn: readonly RunCurves[], { xAxis, zoom }: ChartLook): Chart {
  return {
    xTitle: xAxis,
    yTitle: 'bits per character',
    format: (value) => value.toFixed(2),
    formatX: { time: duration, steps: count, passes: small }[xAxis],
    series: drawn.map(({ run, curve, evaluations }) => {
      const from = run.steps * zoom.from;
      return {
        label: `run ${run.id} (${run.corpus})`,
        line: curve
          .filter(({ step }) => step >= from)
          .map((each) => ({ x: placeOf(each, xAxis), y: each.bitsPerCharacter.mean })),
        dots: evaluations
          .filter(({ step }) => step >= from)
          .map((each) => ({ x: placeOf(each, xAxis), y: each.bitsPerCharacter })),
      };
    }),
  };
}

/** The two files of a name without its ending. */
export function pictureFiles(name: string): { svg: string; png: string; exists: boolean } {
  const path = typedPath(name).replace(/\.(svg|png)$/, '');
  const [svg, png] = [`${path}.svg`, `${path}.png`];
  return { svg, png, exists: existsSync(svg) || existsSync(png) };
}

/** Writes a chart as SVG and as PNG. @returns what was done, for a person */
export async function savePicture(
  chart: Chart,
  { svg, png }: { readonly svg: string; readonly png: string },
): Promise<string> {
  // What draws is large, and few charts are saved.
  const { lineChart } = await import('../../../src/picture/chart.ts');
  const { pngOf } = await import('../../../src/picture/png.ts');
  const drawing = lineChart(chart);
  const pixels = await pngOf(drawing);
  await writeFileWhole(svg, drawing);
  await writeFileWhole(png, pixels);
  return `Saved ${basename(svg)} and ${basename(png)}.`;
}

/** Asks for the name of a picture, and writes it: the field while one types, and what begins it. */
export function useSavedPicture(chart: () => Chart): {
  readonly edit: TextEdit | undefined;
  readonly begin: (name: string) => void;
} {
  const shell = useShell();
  const { edit, begin } = useTypedText((name) => {
    if (name.trim() === '') return;
    const files = pictureFiles(name);
    const save = () =>
      void savePicture(chart(), files).then(
        (text) => shell.tell({ kind: 'done', text }),
        (error: unknown) => shell.tell(failure(error)),
      );
    if (files.exists) shell.ask({ text: `${files.svg} or its PNG exists. Overwrite?`, yes: save });
    else save();
  });
  return { edit, begin: (name) => begin(editOf(name)) };
}
