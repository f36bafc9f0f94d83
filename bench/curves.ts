import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bookNamed } from '../data/books.ts';
import { lineChart } from '../src/picture/chart.ts';
import { readNetworkFile } from '../src/run/model-file.ts';
import { programRoot } from '../src/run/program-root.ts';
import type { Evaluation } from '../src/store/metrics.ts';
import { type Bench, checkValues, type Report, type Values } from './bench.ts';
import { table } from './table.ts';

export const curves: Bench = {
  name: 'curves',
  about:
    'How the models in a folder learned, from what their files tell: a picture of the validation figure of each, and\n' +
    'the minutes until it was as good as a Markov bot, as the best n-gram, and as each further mark.',
  options: {
    models: { value: 'FOLDER', about: 'their .safetensors files', default: 'data/models' },
    to: { value: 'FOLDER', about: 'where the pictures go', default: 'docs/curves' },
    marks: {
      value: 'BITS,...',
      about: 'further marks, in bits per character',
      default: '1.25,1.2',
    },
  },
  run: drawCurves,
};

const curvesValues = z.object({
  models: z.string(),
  to: z.string(),
  marks: z.string().transform((marks, context) => {
    const numbers = marks.split(',').map(Number);
    if (numbers.every((mark) => mark > 0)) return numbers;
    context.addIssue('they must be numbers above 0, such as 1.25,1.2');
    return z.NEVER;
  }),
});

interface Row {
  readonly model: string;
  readonly mark: number;
  /** Null where it did not come to it. */
  readonly minutes: number | null;
  readonly passes: number | null;
}

async function drawCurves(given: Values): Promise<Report> {
  const values = checkValues(given, curvesValues);
  const folder = join(programRoot(), values.models);
  const to = join(programRoot(), values.to);
  await mkdir(to, { recursive: true });
  const rows: Row[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.safetensors'))) {
    const { corpus, evaluations } = await readNetworkFile(join(folder, file));
    const name = file.replace('.safetensors', '');
    const book = bookNamed(corpus ?? '');
    const title = book?.titles.en ?? name;
    await writeFile(join(to, `${name}.svg`), picture(title, evaluations));
    for (const mark of [...Object.values(book?.yardsticks ?? {}), ...values.marks]) {
      const reached = evaluations.find(({ bitsPerCharacter }) => bitsPerCharacter <= mark);
      const { elapsed, passes = null } = reached ?? {};
      const minutes = elapsed === undefined ? null : elapsed / 60;
      rows.push({ model: name, mark, minutes, passes });
    }
  }
  const cells = rows.map(({ model, mark, minutes, passes }) => [
    model,
    String(mark),
    minutes?.toFixed(1) ?? '-',
    passes?.toFixed(2) ?? '-',
  ]);
  return {
    text: table(['model', 'bits per character', 'minutes', 'passes'], cells),
    data: { rows },
  };
}

function picture(title: string, evaluations: readonly Evaluation[]): string {
  return lineChart({
    xTitle: 'passes over the text',
    yTitle: 'bits per character',
    format: String,
    series: [
      {
        label: `${title}, validation part`,
        line: [],
        dots: evaluations.map(({ passes, bitsPerCharacter }) => ({
          x: passes,
          y: bitsPerCharacter,
        })),
      },
    ],
  });
}
