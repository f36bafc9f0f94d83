import { bookNamed } from '../../../data/books.ts';
import type { CurvePoint } from '../../../src/store/curve.ts';
import type { Evaluation } from '../../../src/store/metrics.ts';
import { persistentState } from '../../data/use-persistent-state.ts';
import { gold, type Line, lapis, quiet, span } from '../../drawing/line.ts';
import { bits, count, duration } from '../../drawing/numbers.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import { type Axis, plot } from '../../widgets/chart/plot.ts';
import { numberTicks, type Range, timeTicks, valueRange } from '../../widgets/chart/scale.ts';

/** What a run is drawn against. */
export const xAxes = ['time', 'steps', 'passes'] as const;
export type XAxis = (typeof xAxes)[number];

/** Which of them, on every screen. */
export const axisState = persistentState(() => 0);

type Place = Pick<CurvePoint, 'step' | 'passes' | 'elapsed'>;

export function placeOf(point: Place, xAxis: XAxis): number {
  return { time: point.elapsed, steps: point.step, passes: point.passes }[xAxis];
}

export function axisOf(xAxis: XAxis, range: Range, width: number): Axis {
  const most = Math.max(2, Math.floor(width / 9));
  if (xAxis === 'time') return { range, ticks: timeTicks(range, most) };
  const unit = xAxis === 'steps' ? '' : ' passes';
  const ticks = numberTicks(range, most);
  const whole = (all: typeof ticks) =>
    xAxis === 'steps' ? all.filter(({ at }) => Number.isInteger(at)) : all;
  return {
    range,
    ticks: whole(ticks).map(({ at, label }, place) => ({
      at,
      label: `${xAxis === 'steps' ? count(at) : label}${place === ticks.length - 1 ? unit : ''}`,
    })),
  };
}

export interface LossChart {
  readonly corpus: string;
  readonly curve: readonly CurvePoint[];
  readonly evaluations: readonly Evaluation[];
}

/** Bits per character of the training and the validation part, with what others get. */
export function lossChart(
  { corpus, curve, evaluations }: LossChart,
  xAxis: XAxis,
  size: { readonly width: number; readonly height: number },
  dots: Dots,
): Line[] {
  const training = curve.map((point) => ({
    x: placeOf(point, xAxis),
    y: point.bitsPerCharacter.mean,
  }));
  const validation = evaluations.map((evaluation) => ({
    x: placeOf(evaluation, xAxis),
    y: evaluation.bitsPerCharacter,
  }));
  const peer = bookNamed(corpus)?.yardsticks;
  const levels = peer
    ? [
        { y: peer.markov, label: level(peer.markov, size.width < 90 ? 'Markov' : 'Markov bot') },
        { y: peer.ngram, label: level(peer.ngram, size.width < 90 ? 'n-gram' : 'best n-gram') },
      ]
    : [];
  const last = Math.max(1e-9, ...[...training, ...validation].map(({ x }) => x));
  const y = valueRange(
    [...training, ...validation].map((point) => point.y),
    levels.map((each) => each.y),
  );
  const lastOf = (points: typeof training) => bits(points.at(-1)?.y ?? null);
  return plot({
    curves: [
      {
        points: training,
        style: lapis,
        label: [span(lastOf(training), lapis), span(' training', lapis)],
      },
      {
        points: validation,
        style: gold,
        label: [span(lastOf(validation), gold), span(' validation', gold)],
      },
    ].filter(({ points }) => points.length > 0),
    levels,
    x: axisOf(xAxis, { from: 0, to: last }, size.width - 24),
    y: { range: y, ticks: numberTicks(y, Math.max(2, Math.floor(size.height / 2.5))) },
    ...size,
    dots,
  });
}

/** The same as a sentence. */
export function lossSentence({ curve, evaluations, corpus }: LossChart): string {
  const first = curve[0];
  const last = curve.at(-1);
  if (!first || !last) return 'No step has been written yet.';
  const best = evaluations.reduce<Evaluation | undefined>(
    (lowest, next) => (lowest && lowest.bitsPerCharacter <= next.bitsPerCharacter ? lowest : next),
    undefined,
  );
  const peer = bookNamed(corpus)?.yardsticks;
  return [
    `Bits per character of the training part: from ${bits(first.bitsPerCharacter.mean)} to ${bits(last.bitsPerCharacter.mean)} in ${duration(last.elapsed)}.`,
    best ? ` Validation: lowest ${bits(best.bitsPerCharacter)} at step ${count(best.step)}.` : '',
    peer ? ` A Markov bot gets ${bits(peer.markov)}, the best n-gram ${bits(peer.ngram)}.` : '',
  ].join('');
}

function level(value: number, name: string): Line {
  return [span(`${bits(value)} ${name}`, quiet)];
}
