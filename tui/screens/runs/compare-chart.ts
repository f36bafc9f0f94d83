import { bookNamed } from '../../../data/books.ts';
import type { CurvePoint } from '../../../src/store/curve.ts';
import type { Evaluation } from '../../../src/store/metrics.ts';
import type { Run } from '../../../src/store/runs.ts';
import { faint, type Line, line, quiet, span } from '../../drawing/line.ts';
import { bits } from '../../drawing/numbers.ts';
import { middle } from '../../shell/frame.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import { plot } from '../../widgets/chart/plot.ts';
import { numberTicks, valueRange } from '../../widgets/chart/scale.ts';
import { axisOf, placeOf, type XAxis } from '../train/loss-chart.ts';
import { marks } from './runs-table.ts';

/** What is drawn of a run. */
export interface RunCurves {
  readonly run: Run;
  readonly curve: readonly CurvePoint[];
  readonly evaluations: readonly Evaluation[];
}

/** The validation curves of up to four runs over each other; where a run has none, its training curve. */
export function compareChart(
  drawn: readonly RunCurves[],
  xAxis: XAxis,
  size: { readonly width: number; readonly height: number },
  dots: Dots,
): Line[] {
  const curves = drawn.map(({ run, curve, evaluations }, place) => {
    const { sign, style } = marks[place] ?? { sign: ' ', style: quiet };
    const points =
      evaluations.length > 1 || curve.length === 0
        ? evaluations.map((each) => ({ x: placeOf(each, xAxis), y: each.bitsPerCharacter }))
        : curve.map((each) => ({ x: placeOf(each, xAxis), y: each.bitsPerCharacter.mean }));
    const label = [
      span(`${sign} ${bits(points.at(-1)?.y ?? null)}`, style),
      span(` run ${run.id}`, style),
    ];
    return { points, style, label };
  });
  const corpora = new Set(drawn.map(({ run }) => run.corpus));
  const peer = corpora.size === 1 ? bookNamed([...corpora][0] ?? '')?.yardsticks : undefined;
  const levels = peer
    ? [{ y: peer.markov, label: [span(`  ${bits(peer.markov)} Markov`, quiet)] }]
    : [];
  const points = curves.flatMap((curve) => curve.points);
  if (points.length === 0) {
    return middle([line('No figures were written down.', faint)], size.width, size.height);
  }
  const y = valueRange(
    points.map((point) => point.y),
    levels.map((level) => level.y),
  );
  const last = Math.max(1e-9, ...points.map(({ x }) => x));
  return plot({
    curves: curves.filter((each) => each.points.length > 0),
    levels,
    x: axisOf(xAxis, { from: 0, to: last }, size.width - 24),
    y: { range: y, ticks: numberTicks(y, Math.max(2, Math.floor(size.height / 2.5))) },
    ...size,
    dots,
  });
}
