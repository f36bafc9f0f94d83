import { bookNamed } from '../../../data/books.ts';
import { faint, type Line, line, quiet } from '../../drawing/line.ts';
import { bits } from '../../drawing/numbers.ts';
import { middle } from '../../shell/frame.ts';
import type { Dots } from '../../widgets/chart/dots.ts';
import { plot } from '../../widgets/chart/plot.ts';
import {
  bestOf,
  type ChartLook,
  placeOf,
  type RunCurves,
  xAxisOf,
  yAxisOf,
} from '../charts/look.ts';
import { marks } from './runs-table.ts';

/**
 * The validation curves of up to four runs over each other, a single evaluation as a point. A run that was never
 * evaluated is drawn by its training loss, and its label says so.
 */
export function compareChart(
  drawn: readonly RunCurves[],
  look: ChartLook,
  { width, height }: { readonly width: number; readonly height: number },
  dots: Dots,
): Line[] {
  const { xAxis, isLogarithmic, zoom } = look;
  const curves = drawn.map(({ run, curve, evaluations }, place) => {
    const isTraining = evaluations.length === 0;
    const losses = isTraining
      ? curve.map((each) => ({ at: each, loss: each.bitsPerCharacter.mean }))
      : evaluations.map((each) => ({ at: each, loss: each.bitsPerCharacter }));
    const shown = losses.filter(({ at }) => at.step >= run.steps * zoom.from);
    const figure = isTraining
      ? run.bitsPerCharacter
      : (bestOf(evaluations)?.bitsPerCharacter ?? null);
    const { sign, style } = marks[place] ?? { sign: ' ', style: quiet };
    const label = `${sign} ${bits(figure)} run ${run.id}${isTraining ? ', training' : ''}`;
    return { losses: shown, style, sign, label: line(label, style) };
  });
  const all = curves.flatMap(({ losses }) => losses);
  if (all.length === 0) return middle([line('No figures were recorded.', faint)], width, height);
  const corpora = new Set(drawn.map(({ run }) => run.corpus));
  const peer = corpora.size === 1 ? bookNamed([...corpora][0] ?? '')?.yardsticks : undefined;
  const { axis, at } = yAxisOf(
    all.map(({ loss }) => loss),
    peer ? [peer.markov] : [],
    isLogarithmic,
    height,
  );
  const places = all.map((each) => placeOf(each.at, xAxis));
  const from = zoom.from === 0 ? 0 : Math.min(...places);
  return plot({
    curves: curves
      .filter(({ losses }) => losses.length > 0)
      .map(({ losses, ...each }) => ({
        ...each,
        points: losses.map(({ at: place, loss }) => ({ x: placeOf(place, xAxis), y: at(loss) })),
      })),
    levels: peer
      ? [{ y: at(peer.markov), label: line(`  ${bits(peer.markov)} Markov bot`, quiet) }]
      : [],
    x: xAxisOf(xAxis, { from, to: Math.max(from + 1e-9, ...places) }, width - 24),
    y: axis,
    ...{ width, height, dots },
  });
}
