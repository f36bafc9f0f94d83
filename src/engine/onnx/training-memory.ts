import type { NamedArrays } from '../../network/config.ts';
import {
  copyTrainableArrays,
  type OptimizerMemory,
  optimizerMemory,
  parameterState,
} from '../../network/optimizer.ts';
import {
  elements,
  maskShapes,
  type Parameter,
  parameterShapes,
  stateShapes,
} from '../../network/parameters.ts';
import { tensorNames } from '../../network/training-graph.ts';
import type { TrainerSetup, WindowMasks } from '../engine.ts';
import { type Barrier, newBarrier } from './all-reduce.ts';
import { type BatchSlice, batchSlices } from './batch-slice.ts';
import type { ParameterShard, TrainingJob } from './jobs.ts';
import { type SharedWindow, sharedFloats, sharedWindow, shareFloats } from './shared-arrays.ts';

/** All arrays of a training, in memory that its threads share. */
export interface TrainingMemory {
  /** Parameters, `m.…`, `v.…` and `average.…`. */
  readonly trainable: Readonly<Record<string, Float32Array>>;
  readonly groups: readonly {
    readonly slice: BatchSlice;
    readonly states: Readonly<Record<string, Float32Array>>;
    readonly gradients: Readonly<Record<string, Float32Array>>;
  }[];
  readonly window: SharedWindow;
  readonly masks: WindowMasks;
  readonly barrier: Barrier;
  readonly optimizer: OptimizerMemory;
}

export function trainingMemory(setup: TrainerSetup, state: NamedArrays): TrainingMemory {
  const { config, batch, unroll, threads, dropout } = setup;
  const parameters = parameterShapes(config);
  const masks = maskShapes(config, dropout, batch);
  const slices = batchSlices(batch, threads);
  return {
    trainable: copyTrainableArrays(setup, state, (data) => {
      const shared = sharedFloats(data.length);
      shared.set(data);
      return shared;
    }),
    groups: slices.map((slice) => ({
      slice,
      states: shareFloats(stateShapes(config, slice.count)),
      gradients: shareFloats(
        parameters.map(({ name, shape }) => ({ name: tensorNames.gradient(name), shape })),
      ),
    })),
    window: sharedWindow(batch * unroll),
    masks: {
      recurrent: shareFloats(masks.recurrent),
      layers: masks.layers.map((shape) => sharedFloats(elements(shape))),
    },
    barrier: newBarrier(slices.length),
    optimizer: optimizerMemory(slices.length),
  };
}

/** What each worker is started with: its slice of the batch, and its shard of every parameter to update. */
export function trainingJobs(setup: TrainerSetup, memory: TrainingMemory): TrainingJob[] {
  const { config, unroll, dropout } = setup;
  const { trainable, groups, window, masks, barrier, optimizer } = memory;
  const weightMasks = Object.fromEntries(
    Object.entries(masks.recurrent).map(([name, mask]) => [tensorNames.weightMask(name), mask]),
  );
  return groups.map((group, thread) => ({
    kind: 'training',
    config,
    slice: group.slice,
    unroll,
    window,
    dropout,
    outputMasks: masks.layers,
    arrays: { ...trainable, ...weightMasks, ...group.states, ...group.gradients },
    shards: parameterShapes(config).map((each) => parameterShard(memory, each, thread)),
    barrier,
    optimizerMemory: optimizer,
    thread,
  }));
}

/** A worker's range of a parameter's numbers, about as long as every worker's. */
function parameterShard(
  { trainable, groups }: TrainingMemory,
  parameter: Parameter,
  index: number,
): ParameterShard {
  const range = (array: Float32Array) => {
    const start = (shard: number) => Math.floor((shard * array.length) / groups.length);
    return array.subarray(start(index), start(index + 1));
  };
  const { w, m, v, average, decays } = parameterState(trainable, parameter);
  return {
    w: range(w),
    m: range(m),
    v: range(v),
    average: average && range(average),
    gradients: groups.flatMap(({ gradients }) => {
      const gradient = gradients[tensorNames.gradient(parameter.name)];
      return gradient ? [range(gradient)] : [];
    }),
    decays,
  };
}
