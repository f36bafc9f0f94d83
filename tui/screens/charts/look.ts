import type { CurvePoint } from '../../../src/store/curve.ts';
import type { Evaluation } from '../../../src/store/metrics.ts';
import type { Run } from '../../../src/store/runs.ts';
import { persistentState } from '../../data/use-persistent-state.ts';
import { count, duration } from '../../drawing/numbers.ts';
import type { Axis } from '../../widgets/chart/plot.ts';
import {
  linear,
  logarithmicAbove,
  numberTicks,
  type Range,
  timeTicks,
  valueRange,
} from '../../widgets/chart/scale.ts';

/** What is drawn of a run. */
export interface RunCurves {
  readonly run: Run;
  readonly curve: readonly CurvePoint[];
  readonly evaluations: readonly Evaluation[];
}

/** What a run is drawn against. */
export const xAxes = ['time', 'steps', 'passes'] as const;
export type XAxis = (typeof xAxes)[number];

/** How much of a run is drawn, and the share of its steps at which that begins. */
export const zooms = [
  { name: 'all', from: 0 },
  { name: 'last half', from: 0.5 },
  { name: 'last tenth', from: 0.9 },
] as const;

/** How charts of the loss are drawn. */
export interface ChartLook {
  readonly xAxis: XAxis;
  readonly zoom: (typeof zooms)[number];
  /** Whether losses are drawn by the logarithm of their distance to the lowest. */
  readonly isLogarithmic: boolean;
  /** Whether the training loss is smoothed; the raw one stays behind it. */
  readonly isSmooth: boolean;
}

/** Of all screens. */
export const lookState = persistentState<ChartLook>(() => ({
  xAxis: 'time',
  zoom: zooms[0],
  isLogarithmic: false,
  isSmooth: true,
}));

export function nextOf<T>(choices: readonly T[], value: T): T {
  return choices[(choices.indexOf(value) + 1) % choices.length] ?? value;
}

/** What is not as it usually is, for the heading of a chart. */
export function lookWords({ zoom, isLogarithmic, isSmooth }: ChartLook): string {
  return [
    zoom === zooms[0] ? '' : zoom.name,
    isLogarithmic ? 'logarithmic' : '',
    isSmooth ? '' : 'not smoothed',
  ]
    .filter(Boolean)
    .map((words) => ` · ${words}`)
    .join('');
}

export type Place = Pick<CurvePoint, 'step' | 'passes' | 'elapsed'>;

export function placeOf(point: Place, xAxis: XAxis): number {
  return { time: point.elapsed, steps: point.step, passes: point.passes }[xAxis];
}

/** A place as a person reads it. */
export function placeWords({ step, passes, elapsed }: Place): string {
  return `step ${count(step)}, ${duration(elapsed)}, ${passes.toFixed(2)} passes`;
}

export function xAxisOf(xAxis: XAxis, range: Range, width: number): Axis {
  const most = Math.max(2, Math.floor(width / 9));
  if (xAxis === 'time') return { range, ticks: timeTicks(range, most), name: 'time' };
  if (xAxis === 'passes') return { range, ticks: numberTicks(range, most), name: 'passes' };
  const whole = numberTicks(range, most).filter(({ at }) => Number.isInteger(at));
  return { range, ticks: whole.map(({ at }) => ({ at, label: count(at) })), name: 'steps' };
}

/**
 * The axis of losses, and where a loss stands on it.
 * @param always losses that must lie on it
 */
export function yAxisOf(
  losses: readonly number[],
  always: readonly number[],
  isLogarithmic: boolean,
  height: number,
): { readonly axis: Axis; readonly at: (loss: number) => number } {
  const shown = valueRange(losses, always, isLogarithmic ? 0 : undefined);
  const scale = isLogarithmic ? logarithmicAbove(Math.min(...losses, ...always)) : linear;
  const most = Math.max(2, Math.floor(height / 2.5));
  return {
    axis: {
      range: { from: scale.at(shown.from), to: scale.at(shown.to) },
      ticks: scale.ticks(shown, most).map(({ at, label }) => ({ at: scale.at(at), label })),
    },
    at: scale.at,
  };
}

/** The lowest validation loss: the figure that a run is known by. */
export function bestOf(evaluations: readonly Evaluation[]): Evaluation | undefined {
  return evaluations.reduce<Evaluation | undefined>(
    (lowest, next) => (lowest && lowest.bitsPerCharacter <= next.bitsPerCharacter ? lowest : next),
    undefined,
  );
}

/** Each value with those before it: an exponential mean over about a twentieth of them. */
export function smoothed(values: readonly number[]): number[] {
  const weight = 1 / Math.max(1, values.length / 20);
  let mean = values[0] ?? 0;
  return values.map((value) => {
    mean += weight * (value - mean);
    return mean;
  });
}
