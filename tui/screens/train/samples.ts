import type { Sample } from '../../../src/store/samples.ts';
import { ownSample } from '../../../src/train/schedule.ts';
import { beside, fill } from '../../drawing/layout.ts';
import { blank, gold, type Line, quiet, span } from '../../drawing/line.ts';
import { bits, count } from '../../drawing/numbers.ts';
import { manuscript } from '../../widgets/manuscript.ts';
import { passageKindOf } from '../run-words.ts';

/** Lines of text are best to read at about so many characters. */
const measure = 66;

/** A sample under its step and the held-out figure of that time. */
export function sampleLines(sample: Sample, corpus: string, width: number): Line[] {
  return [
    [
      span(`step ${count(sample.step)}`, quiet),
      span('  '),
      span(bits(sample.bitsPerCharacter), gold),
      span(
        sample.temperature === ownSample.temperature ? '' : `  temperature ${sample.temperature}`,
        quiet,
      ),
    ],
    ...manuscript(sample.seed, sample.text, passageKindOf(corpus), width),
  ];
}

/** The newest samples in columns of a readable width, as many as there is room for. */
export function sampleColumns(
  samples: readonly Sample[],
  corpus: string,
  { width, height }: { readonly width: number; readonly height: number },
): Line[] {
  const columns = Math.max(1, Math.floor((width + 4) / (measure + 4)));
  const each = Math.min(measure + 10, Math.floor((width + 4) / columns) - 4);
  const left = [...samples];
  return beside(
    Array.from({ length: columns }, () => {
      const rows: Line[] = [];
      while (rows.length < height) {
        const sample = left.shift();
        if (!sample) break;
        rows.push(...(rows.length > 0 ? [blank] : []), ...sampleLines(sample, corpus, each));
      }
      return { rows: rows.length === 0 ? [] : fill(rows, height), width: each };
    }),
    4,
  );
}
