import { bookNamed } from '../../../data/books.ts';
import type { CurvePoint } from '../../../src/store/curve.ts';
import type { Evaluation } from '../../../src/store/metrics.ts';
import type { Run } from '../../../src/store/runs.ts';
import { cut } from '../../drawing/layout.ts';
import { bold, faint, gold, type Line, lapis, line, quiet, span } from '../../drawing/line.ts';
import { bits, count, duration } from '../../drawing/numbers.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import { type Curve, plot } from '../../widgets/chart/plot.ts';
import {
  bestOf,
  type ChartLook,
  lookWords,
  placeOf,
  placeWords,
  smoothed,
  xAxisOf,
  yAxisOf,
} from '../charts/look.ts';

export interface LossChart {
  readonly run: Pick<Run, 'corpus' | 'bitsPerCharacter' | 'steps'>;
  readonly curve: readonly CurvePoint[];
  readonly evaluations: readonly Evaluation[];
}

/** The sign that stands on the curve of validation losses. */
const evaluated = '•';

/**
 * Bits per character of the training and the validation part, with what others get.
 * @param cursor the step that is read off
 */
export function lossChart(
  { run, curve, evaluations: all }: LossChart,
  look: ChartLook,
  { width, height }: { readonly width: number; readonly height: number },
  dots: Dots,
  cursor?: number,
): Line[] {
  const { xAxis, isLogarithmic, isSmooth } = look;
  const evaluations = all.filter(({ step }) => step >= (curve[0]?.step ?? 0) || curve.length === 0);
  const peer = bookNamed(run.corpus)?.yardsticks;
  const others = peer ? [peer.markov, peer.ngram] : [];
  const places = [...curve, ...evaluations].map((each) => placeOf(each, xAxis));
  const from = look.zoom.from === 0 ? 0 : Math.min(...places);
  const range = { from, to: Math.max(from + 1e-9, ...places) };
  const losses = curve.map((point) => point.bitsPerCharacter.mean);
  const { axis, at } = yAxisOf(
    [...losses, ...evaluations.map((each) => each.bitsPerCharacter)],
    others,
    isLogarithmic,
    height,
  );
  // The run is known by it in tables too; the last one may be worse.
  const best = bestOf(all);
  const drawn = (values: readonly number[]) =>
    curve.map((point, index) => ({ x: placeOf(point, xAxis), y: at(values[index] ?? 0) }));
  const curves: Curve[] = [
    ...(isSmooth ? [{ points: drawn(losses), style: faint }] : []),
    {
      points: drawn(isSmooth ? smoothed(losses) : losses),
      style: lapis,
      // As the store, the tables and whoever is read aloud to have it: not the mean of what a column holds.
      label: line(`${bits(run.bitsPerCharacter)} training`, lapis),
    },
    {
      points: evaluations.map((each) => ({
        x: placeOf(each, xAxis),
        y: at(each.bitsPerCharacter),
      })),
      style: gold,
      sign: evaluated,
      label: line(
        `${bits(best?.bitsPerCharacter ?? null)} ${best === all.at(-1) ? '' : 'best '}validation`,
        gold,
      ),
    },
  ];
  const [markov, ngram] = width < 90 ? ['Markov', 'n-gram'] : ['Markov bot', 'best n-gram'];
  const read = cursor === undefined ? undefined : curve.find(({ step }) => step >= cursor);
  return [
    heading(look, read, all, width),
    ...plot({
      curves: curves.filter(({ points }) => points.length > 0),
      levels: peer
        ? [
            { y: at(peer.markov), label: line(`${bits(peer.markov)} ${markov}`, quiet) },
            { y: at(peer.ngram), label: line(`${bits(peer.ngram)} ${ngram}`, quiet) },
          ]
        : [],
      x: xAxisOf(xAxis, range, width - 24),
      y: axis,
      ...(read ? { cursor: placeOf(read, xAxis) } : {}),
      ...{ width, height: height - 1, dots },
    }),
  ];
}

/** What the chart shows, or the figures where its cursor stands. */
function heading(
  look: ChartLook,
  read: CurvePoint | undefined,
  evaluations: readonly Evaluation[],
  width: number,
): Line {
  if (!read) return line(`bits per character${lookWords(look)}`, quiet);
  const before = evaluations.findLast(({ step }) => step <= read.step);
  return cut(
    [
      span(`${placeWords(read)}  `, bold),
      span(`training ${bits(read.bitsPerCharacter.mean)}`, lapis),
      ...(before ? [span(`  validation ${bits(before.bitsPerCharacter)}`, gold)] : []),
    ],
    width,
  );
}

/** The same as a sentence. */
export function lossSentence({ run, curve, evaluations }: LossChart): string {
  const first = curve[0];
  const last = curve.at(-1);
  if (!first || !last) return 'No step has been written yet.';
  const best = bestOf(evaluations);
  const peer = bookNamed(run.corpus)?.yardsticks;
  return [
    `Bits per character of the training part: from ${bits(first.bitsPerCharacter.mean)} to ${bits(run.bitsPerCharacter)} in ${duration(last.elapsed)}.`,
    best ? ` Validation: lowest ${bits(best.bitsPerCharacter)} at step ${count(best.step)}.` : '',
    peer ? ` A Markov bot gets ${bits(peer.markov)}, the best n-gram ${bits(peer.ngram)}.` : '',
  ].join('');
}
