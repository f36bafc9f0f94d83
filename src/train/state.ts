import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import { initialParameters, parameterShapes, stateShapes, zeros } from '../network/parameters.ts';
import { tensorNames } from '../network/training-graph.ts';
import { beginPass, type LaneShape } from '../text/lanes.ts';
import { Random } from '../text/random.ts';
import type { TrainingState } from './events.ts';
import type { TrainingSettings } from './settings.ts';

/** The state before the first step: parameters drawn by the run's seed, or those of a trained network to start from. */
export function initialState(
  config: NetworkConfig,
  settings: TrainingSettings,
  lanes: LaneShape,
  from?: NamedArrays,
): TrainingState {
  const draw = Random.seeded(settings.randomSeed, 'parameters');
  const parameters = from ?? initialParameters(config, () => draw.next());
  const shapes = parameterShapes(config);
  const zerosNamed = (named: (parameter: string) => string) =>
    zeros(shapes.map(({ name, shape }) => ({ name: named(name), shape })));
  const average = Object.fromEntries(
    shapes.flatMap(({ name }) => {
      const parameter = parameters[name];
      return parameter && settings.emaDecay > 0 ? [[tensorNames.average(name), parameter]] : [];
    }),
  );
  const random = Random.seeded(settings.randomSeed, 'training');
  const place = beginPass(lanes, 0, random);
  return {
    arrays: {
      ...parameters,
      ...zerosNamed(tensorNames.m),
      ...zerosNamed(tensorNames.v),
      ...average,
      ...zeros(stateShapes(config, settings.batch)),
    },
    progress: {
      step: 0,
      evaluated: 0,
      place,
      generator: random.state(),
      learningRateScale: 1,
      recoveries: 0,
      best: null,
      sinceBest: 0,
    },
  };
}

/** The weights that evaluation, samples and checkpoints use: the moving average where one is kept. */
export function servedWeights(config: NetworkConfig, arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    parameterShapes(config).flatMap(({ name }) => {
      const array = arrays[tensorNames.average(name)] ?? arrays[name];
      return array ? [[name, array]] : [];
    }),
  );
}
