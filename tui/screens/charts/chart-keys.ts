import { usePersistentState } from '../../data/use-persistent-state.ts';
import type { Binding } from '../../keys/scope.ts';
import { type ChartLook, lookState, nextOf, xAxes, zooms } from './look.ts';

/** The keys of a screen with a chart of losses. */
export const chartBindings = {
  axis: { keys: ['x'], label: 'time/steps/passes', help: 'Plot against time, steps or passes' },
  zoom: {
    keys: ['z'],
    label: 'zoom',
    help: 'Show all of the run, its last half or its last tenth',
  },
  logarithm: {
    keys: ['y'],
    label: 'log',
    help: 'Logarithmic losses: the last improvements spread out',
  },
  smooth: { keys: ['a'], label: 'smooth', help: 'Average the training loss' },
  picture: { keys: ['P'], label: 'picture', help: 'Save the chart as SVG and PNG' },
} as const satisfies Record<string, Binding>;

/** How charts are drawn, and what the keys make of it. */
export function useChartLook(): {
  readonly look: ChartLook;
  readonly actions: Readonly<Record<Exclude<keyof typeof chartBindings, 'picture'>, () => void>>;
} {
  const [look, setLook] = usePersistentState(lookState);
  const change = (part: Partial<ChartLook>) => () => setLook({ ...look, ...part });
  return {
    look,
    actions: {
      axis: change({ xAxis: nextOf(xAxes, look.xAxis) }),
      zoom: change({ zoom: nextOf(zooms, look.zoom) }),
      logarithm: change({ isLogarithmic: !look.isLogarithmic }),
      smooth: change({ isSmooth: !look.isSmooth }),
    },
  };
}
