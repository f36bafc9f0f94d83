import type { NamedArrays } from '../../network/config.ts';
import {
  elements,
  type ParameterShape,
  parameterShapes,
  recurrentShapes,
  stateShapes,
} from '../../network/parameters.ts';
import { names } from '../../network/training-graph.ts';
import type { TrainerSetup, WindowMasks } from '../engine.ts';
import {
  type LaneRange,
  laneRanges,
  type SharedWindow,
  sharedFloats,
  sharedWindow,
  shareFloats,
  type TrainingJob,
} from './lane-thread.ts';

/** All arrays of a training, in memory that its threads share. */
export interface TrainingMemory {
  /** Parameters, `m.…`, `v.…` and `average.…`. */
  readonly learnt: Readonly<Record<string, Float32Array>>;
  readonly scalars: Readonly<Record<string, Float32Array>>;
  readonly groups: readonly {
    readonly lanes: LaneRange;
    readonly states: Readonly<Record<string, Float32Array>>;
    readonly gradients: Readonly<Record<string, Float32Array>>;
  }[];
  readonly window: SharedWindow;
  readonly masks: WindowMasks;
}

export function trainingMemory(setup: TrainerSetup, state: NamedArrays): TrainingMemory {
  const { config, batch, unroll, threads, dropout } = setup;
  const parameters = parameterShapes(config);
  const scalars = ['stepSize', 'epsilon', 'decay', 'clip', 'averagingShare'];
  return {
    learnt: shareArrays(
      learntShapes(setup).map((each) => each.name),
      state,
    ),
    scalars: shareFloats(scalars.map((name) => ({ name, shape: [] }))),
    groups: laneRanges(batch, threads).map((lanes) => ({
      lanes,
      states: shareFloats(stateShapes(config, lanes.count)),
      gradients: shareFloats(
        parameters.map(({ name, shape }) => ({ name: names.gradient(name), shape })),
      ),
    })),
    window: sharedWindow(batch * unroll),
    masks: {
      recurrent: shareFloats(dropout.recurrent ? recurrentShapes(config) : []),
      layers: Array.from({ length: dropout.outputs ? config.layers : 0 }, () =>
        sharedFloats(config.hidden * batch),
      ),
    },
  };
}

/** What each thread is started with: its lanes, and its share of the parameters to update. */
export function trainingJobs(setup: TrainerSetup, memory: TrainingMemory): TrainingJob[] {
  const { config, unroll, averaging, dropout } = setup;
  const { learnt, scalars, groups, window, masks } = memory;
  const parameters = parameterShapes(config);
  const owned = shareOut(parameters, groups.length);
  const inPlace = Object.entries(learnt).map(([name, array]) => [names.next(name), array]);
  const gradients = groups.flatMap((group, index) =>
    parameters.map(({ name }) => [
      names.gradient(name, index),
      group.gradients[names.gradient(name)],
    ]),
  );
  const weightMasks = Object.fromEntries(
    Object.entries(masks.recurrent).map(([name, mask]) => [names.weightMask(name), mask]),
  );
  const arrays = {
    ...learnt,
    ...scalars,
    ...Object.fromEntries(inPlace),
    ...Object.fromEntries(gradients),
  };
  return groups.map((group, index) => ({
    kind: 'training',
    config,
    lanes: group.lanes,
    unroll,
    window,
    dropout,
    outputMasks: masks.layers,
    arrays: { ...learnt, ...weightMasks, ...group.states, ...group.gradients },
    update: { groups: groups.length, averaging, owned: owned[index] ?? [], arrays },
  }));
}

/** What is kept from step to step beside the hidden states: parameters, both moments and the average. */
export function learntShapes(
  setup: TrainerSetup,
): { readonly name: string; readonly shape: readonly number[] }[] {
  const parameters = parameterShapes(setup.config);
  const kinds = [(name: string) => name, names.m, names.v];
  if (setup.averaging) kinds.push(names.average);
  return kinds.flatMap((kind) =>
    parameters.map(({ name, shape }) => ({ name: kind(name), shape })),
  );
}

/** Names of parameters for each of so many threads, of about as many numbers each. */
function shareOut(parameters: readonly ParameterShape[], threads: number): string[][] {
  const shares = Array.from({ length: threads }, (): { names: string[]; size: number } => ({
    names: [],
    size: 0,
  }));
  const largestFirst = parameters.toSorted((a, b) => elements(b.shape) - elements(a.shape));
  for (const { name, shape } of largestFirst) {
    const smallest = shares.reduce((least, share) => (share.size < least.size ? share : least));
    smallest.names.push(name);
    smallest.size += elements(shape);
  }
  return shares.map((share) => share.names);
}

function shareArrays(
  wanted: readonly string[],
  state: NamedArrays,
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(
    wanted.map((name) => {
      const array = state[name];
      if (!array) throw new TypeError(`the state of the training lacks "${name}"`);
      const shared = sharedFloats(array.data.length);
      shared.set(array.data);
      return [name, shared];
    }),
  );
}
