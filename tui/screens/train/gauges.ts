import { isUnderWay, type Run } from '../../../src/store/runs.ts';
import { beside, inWidth, spread } from '../../drawing/layout.ts';
import {
  blank,
  gold,
  type Line,
  lapis,
  line,
  quiet,
  type Style,
  span,
  verdigris,
  violet,
} from '../../drawing/line.ts';
import { bytes, duration, short, small } from '../../drawing/numbers.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import { spark } from '../../widgets/chart/spark.ts';
import type { TrainData } from './train-data.ts';

interface Gauge {
  readonly name: string;
  readonly brief: string;
  readonly value: string;
  readonly unit: string;
  readonly history?: readonly number[];
  readonly style?: Style;
}

/** Seconds that a run still takes, evaluations included, as it went until now. */
export function secondsLeft({ settings, steps, elapsed }: Run): number {
  if (!settings || steps === 0) return Number.NaN;
  return (elapsed / steps) * Math.max(0, settings.steps - steps);
}

/** What gauges show of a run. */
export type Gauged = Pick<TrainData, 'run' | 'curve' | 'usage'>;

function gaugesOf({ run, curve, usage }: Gauged): Gauge[] {
  const used = usage.at(-1);
  const last = curve.at(-1);
  const total =
    run.settings && run.steps > 0 && run.origin === 'trained'
      ? (run.passes / run.steps) * run.settings.steps
      : null;
  const under = isUnderWay(run);
  const gauges: Gauge[] = [
    {
      name: 'speed',
      brief: 'speed',
      value: run.charsPerSecond === null ? unknown : short(run.charsPerSecond),
      unit: 'chars/s',
      history: curve.map((point) => point.charsPerSecond),
      style: verdigris,
    },
    under
      ? { name: 'time left', brief: 'left', value: duration(secondsLeft(run)), unit: '' }
      : {
          name: 'time taken',
          brief: 'took',
          value: run.elapsed === 0 ? unknown : duration(run.elapsed),
          unit: '',
        },
    {
      name: 'passes',
      brief: 'passes',
      value: run.passes === 0 ? unknown : run.passes.toFixed(2),
      unit: total === null ? '' : `of ${total.toFixed(2)}`,
    },
    {
      name: 'learning rate',
      brief: 'rate',
      value: last ? small(last.learningRate) : unknown,
      unit: '',
      history: curve.map((point) => point.learningRate),
      style: violet,
    },
    {
      name: 'gradient norm',
      brief: 'norm',
      value: last ? small(last.gradientNorm.mean) : unknown,
      unit: '',
      history: curve.map((point) => point.gradientNorm.mean),
      style: lapis,
    },
    {
      name: 'processors',
      brief: 'cpus',
      value: used ? used.processors.toFixed(1) : unknown,
      unit: run.machine ? `of ${run.machine.threads}` : '',
      history: usage.map(({ processors }) => processors),
      style: gold,
    },
    {
      name: 'memory',
      brief: 'memory',
      value: used ? bytes(used.memory) : unknown,
      unit: '',
    },
  ];
  // What nobody wrote down of a run that is over is not waited for.
  return under ? gauges : gauges.filter(({ value }) => value !== unknown);
}

const unknown = '–';

/** The gauges under each other, each with its small chart. */
export function gaugeColumn(
  gauged: Gauged,
  { width, height, dots }: { readonly width: number; readonly height: number; readonly dots: Dots },
): Line[] {
  const gauges = gaugesOf(gauged);
  const charts = Math.max(1, gauges.filter(({ history }) => history).length);
  const tall = Math.max(1, Math.min(3, Math.floor((height - gauges.length * 2) / charts)));
  return gauges.flatMap(({ name, value, unit, history, style = lapis }) => [
    spread(line(name, quiet), [span(value), span(unit && ` ${unit}`, quiet)], width),
    ...(history ? spark(history, { width, height: tall }, style, dots) : []),
    blank,
  ]);
}

/** The columns of a gauge in a row and the gap after it; the last ones are left out where there is less room. */
const narrowest = 12;

/** The gauges side by side: a row of names and one of values. */
export function gaugeRow(
  gauged: Gauged,
  { width, dots }: { readonly width: number; readonly dots: Dots },
): Line[] {
  const gauges = gaugesOf(gauged).slice(0, Math.max(5, Math.floor((width + 2) / narrowest)));
  if (gauges.length === 0) return [];
  const each = Math.min(24, Math.floor((width + 2) / gauges.length) - 2);
  return beside(
    gauges.map(({ name, brief, value, unit, history, style = lapis }) => {
      const text = `${value}${unit && value.length + unit.length + 1 <= each ? ` ${unit}` : ''}`;
      const room = each - text.length - 1;
      const chart =
        history && room >= 4 ? spark(history, { width: room, height: 1 }, style, dots) : [];
      return {
        rows: [
          inWidth(line(name.length <= each ? name : brief, quiet), each),
          [span(text), ...(chart[0] ? [span(' '), ...chart[0]] : [])],
        ],
        width: each,
      };
    }),
    2,
  );
}

/** The same as sentences. */
export function gaugeSentences(gauged: Gauged): Line[] {
  return gaugesOf(gauged).map(({ name, value, unit }) => line(`${name}: ${value} ${unit}`.trim()));
}
