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
import {
  type LaneRange,
  laneRanges,
  type SharedWindow,
  sharedFloats,
  sharedWindow,
  shareFloats,
  type TrainingJob,
  type UpdateShare,
} from './lane-thread.ts';
import { type MeetingPlace, meetingPlace } from './meeting.ts';

/** All arrays of a training, in memory that its threads share. */
export interface TrainingMemory {
  /** Parameters, `m.…`, `v.…` and `average.…`. */
  readonly trainable: Readonly<Record<string, Float32Array>>;
  readonly groups: readonly {
    readonly lanes: LaneRange;
    readonly states: Readonly<Record<string, Float32Array>>;
    readonly gradients: Readonly<Record<string, Float32Array>>;
  }[];
  readonly window: SharedWindow;
  readonly masks: WindowMasks;
  readonly meeting: MeetingPlace;
  readonly optimizer: OptimizerMemory;
}

export function trainingMemory(setup: TrainerSetup, state: NamedArrays): TrainingMemory {
  const { config, batch, unroll, threads, dropout } = setup;
  const parameters = parameterShapes(config);
  const masks = maskShapes(config, dropout, batch);
  const ranges = laneRanges(batch, threads);
  return {
    trainable: copyTrainableArrays(setup, state, (data) => {
      const shared = sharedFloats(data.length);
      shared.set(data);
      return shared;
    }),
    groups: ranges.map((lanes) => ({
      lanes,
      states: shareFloats(stateShapes(config, lanes.count)),
      gradients: shareFloats(
        parameters.map(({ name, shape }) => ({ name: tensorNames.gradient(name), shape })),
      ),
    })),
    window: sharedWindow(batch * unroll),
    masks: {
      recurrent: shareFloats(masks.recurrent),
      layers: masks.layers.map((shape) => sharedFloats(elements(shape))),
    },
    meeting: meetingPlace(ranges.length),
    optimizer: optimizerMemory(ranges.length),
  };
}

/** What each thread is started with: its lanes, and its share of every parameter to update. */
export function trainingJobs(setup: TrainerSetup, memory: TrainingMemory): TrainingJob[] {
  const { config, unroll, dropout } = setup;
  const { trainable, groups, window, masks, meeting, optimizer } = memory;
  const weightMasks = Object.fromEntries(
    Object.entries(masks.recurrent).map(([name, mask]) => [tensorNames.weightMask(name), mask]),
  );
  return groups.map((group, thread) => ({
    kind: 'training',
    config,
    lanes: group.lanes,
    unroll,
    window,
    dropout,
    outputMasks: masks.layers,
    arrays: { ...trainable, ...weightMasks, ...group.states, ...group.gradients },
    updates: parameterShapes(config).map((each) => updateShare(memory, each, thread)),
    meeting,
    optimizerMemory: optimizer,
    thread,
  }));
}

/** A thread's stretch of a parameter's numbers, of about as many as every thread has. */
function updateShare(
  { trainable, groups }: TrainingMemory,
  parameter: Parameter,
  index: number,
): UpdateShare {
  const stretch = (array: Float32Array) => {
    const end = (share: number) => Math.floor((share * array.length) / groups.length);
    return array.subarray(end(index), end(index + 1));
  };
  const { w, m, v, average, decays } = parameterState(trainable, parameter);
  return {
    w: stretch(w),
    m: stretch(m),
    v: stretch(v),
    average: average && stretch(average),
    gradients: groups.flatMap(({ gradients }) => {
      const gradient = gradients[tensorNames.gradient(parameter.name)];
      return gradient ? [stretch(gradient)] : [];
    }),
    decays,
  };
}
