import { type Formula, kernel } from '../simd/kernel.ts';
import { type SharedPages, sharedPages } from '../simd/memory.ts';
import type { NamedArrays, NetworkConfig } from './config.ts';
import { type Parameter, parameterShapes } from './parameters.ts';
import { tensorNames } from './training-graph.ts';

/** The decays of Adam's two moments. */
export const moments = { beta1: 0.9, beta2: 0.999 } as const;

/** What one step of the optimizer multiplies by. */
export interface StepScalars {
  readonly stepSize: number;
  readonly epsilon: number;
  /** The share that a weight loses. */
  readonly decay: number;
  /** The share of the moving average that the new weights take. */
  readonly emaWeight: number;
}

/**
 * Adam's bias corrections are folded into the step size and ε (Kingma and Ba 2015, end of section 2). `step` counts
 * from 1. The moving average begins with a short memory that grows to `emaDecay`.
 */
export function stepScalars(
  step: number,
  learningRate: number,
  settings: { readonly weightDecay: number; readonly emaDecay: number },
): StepScalars {
  const corrected = Math.sqrt(1 - moments.beta2 ** step);
  return {
    stepSize: (learningRate * corrected) / (1 - moments.beta1 ** step),
    epsilon: 1e-8 * corrected,
    decay: learningRate * settings.weightDecay,
    emaWeight: 1 - Math.min(settings.emaDecay, (1 + step) / (10 + step)),
  };
}

/** The factor that scales gradients of that norm down to `clip` where it is above. */
export function clipping(norm: number, clip: number): number {
  return clip / Math.max(norm, clip);
}

/** What is kept of a parameter from step to step, in arrays of one length. */
export interface ParameterState {
  readonly w: Float32Array;
  /** Adam's moments. */
  readonly m: Float32Array;
  readonly v: Float32Array;
  /** The moving average of the weights, where one is kept. */
  readonly average: Float32Array | null;
  /** Whether weight decay makes the weights smaller: biases it leaves. */
  readonly decays: boolean;
}

/** The names and shapes of what is kept of all parameters: themselves, both moments, and the average where one is. */
export function trainableArrays({
  config,
  keepsEma,
}: {
  readonly config: NetworkConfig;
  readonly keepsEma: boolean;
}): { readonly name: string; readonly shape: readonly number[] }[] {
  const kinds = [
    (name: string) => name,
    tensorNames.m,
    tensorNames.v,
    ...(keepsEma ? [tensorNames.average] : []),
  ];
  return kinds.flatMap((kind) =>
    parameterShapes(config).map(({ name, shape }) => ({ name: kind(name), shape })),
  );
}

/** A copy of what a state keeps of all parameters, by those names. @throws TypeError if something is missing */
export function copyTrainableArrays(
  setup: Parameters<typeof trainableArrays>[0],
  state: NamedArrays,
  copy: (data: Float32Array) => Float32Array,
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(
    trainableArrays(setup).map(({ name }) => {
      const array = state[name];
      if (!array) throw new TypeError(`the state of the training lacks "${name}"`);
      return [name, copy(array.data)];
    }),
  );
}

/** What is kept of one parameter, among arrays by those names. @throws TypeError if one is missing */
export function parameterState(
  arrays: Readonly<Record<string, Float32Array>>,
  { name: parameter, decays }: Parameter,
): ParameterState {
  const named = (name: string) => {
    const array = arrays[name];
    if (!array) throw new TypeError(`the training has no "${name}"`);
    return array;
  };
  return {
    w: named(parameter),
    m: named(tensorNames.m(parameter)),
    v: named(tensorNames.v(parameter)),
    average: arrays[tensorNames.average(parameter)] ?? null,
    decays,
  };
}

const arrays = ['g', 'm', 'v', 'w'] as const;
/** The numbers of a step that Adam's formulas take. */
export const adamScalarNames = [
  'beta1',
  'beta2',
  'oneMinusBeta1',
  'oneMinusBeta2',
  'stepSize',
  'epsilon',
  'decay',
  'emaWeight',
] as const;
export type AdamScalar = (typeof adamScalarNames)[number];
type Name = (typeof arrays)[number] | AdamScalar;
/** What Adam's formulas are of: a parameter's arrays, and numbers that are the same for all of a step. */
export type AdamName = Name | 'average';

// m' = β₁m + (1 − β₁)g    v' = β₂v + (1 − β₂)g²    w' = w − (decay·w + stepSize·m' / (√v' + ε))
const first: Formula<Name> = ['add', ['mul', 'beta1', 'm'], ['mul', 'oneMinusBeta1', 'g']];
const second: Formula<Name> = [
  'add',
  ['mul', 'beta2', 'v'],
  ['mul', ['mul', 'oneMinusBeta2', 'g'], 'g'],
];
const moved: Formula<Name> = ['div', ['mul', 'stepSize', 'm'], ['add', ['sqrt', 'v'], 'epsilon']];
const weight: Formula<Name> = ['sub', 'w', ['add', ['mul', 'decay', 'w'], moved]];
const update = [
  ['m', first],
  ['v', second],
  ['w', weight],
] as const;

const withAverage = [
  ...update,
  ['average', ['add', 'average', ['mul', 'emaWeight', ['sub', 'w', 'average']]]],
] as const;

/** What a parameter's arrays become in a step, one after the other: each formula sees what those before it made. */
export function adamUpdate(
  keepsEma: boolean,
): readonly (readonly ['m' | 'v' | 'w' | 'average', Formula<AdamName>])[] {
  return keepsEma ? withAverage : update;
}

/** The numbers of a step whose gradient clipping scales by `factor`, for weights that decay. */
export function adamScalars(
  step: StepScalars,
  factor: number,
): Readonly<Record<AdamScalar, number>> {
  const { beta1, beta2 } = moments;
  return {
    ...step,
    beta1,
    beta2,
    oneMinusBeta1: (1 - beta1) * factor,
    oneMinusBeta2: (1 - beta2) * factor ** 2,
  };
}

/** The memory that a training's optimizers compute in, one in each of its threads. It may be sent to them. */
export type OptimizerMemory = SharedPages;

/** Memory for the optimizers of so many threads; it may be sent to them. */
export function optimizerMemory(threads: number): OptimizerMemory {
  return sharedPages(threads);
}

/** What a thread computes a step of the optimizer with. */
export interface Optimizer {
  /** Adds further gradients onto the first, and gives the sum of the squares of what it has become. */
  gatherGradients(gradients: readonly Float32Array[]): number;
  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter 2019), in place, of a gradient that clipping scales by
   * `factor`. In one loop, where a graph would go through the memory for each operation.
   */
  adam(state: ParameterState, g: Float32Array, factor: number, step: StepScalars): void;
}

/** The optimizer of one thread, counted from 0. */
export function optimizer(memory: OptimizerMemory, thread: number): Optimizer {
  const square = kernel(
    { arrays: ['sum'], scalars: [], assign: [], squares: 'sum' },
    memory,
    thread,
  );
  const sumUp = kernel(
    {
      arrays: ['sum', 'other'],
      scalars: [],
      assign: [['sum', ['add', 'sum', 'other']]],
      squares: 'sum',
    },
    memory,
    thread,
  );
  const adamAlone = kernel({ arrays, scalars: adamScalarNames, assign: update }, memory, thread);
  const adamWithAverage = kernel(
    { arrays: [...arrays, 'average'], scalars: adamScalarNames, assign: withAverage },
    memory,
    thread,
  );
  return {
    gatherGradients([sum, ...others]) {
      if (!sum) return 0;
      if (others.length === 0) return square({ sum }, {});
      return others.reduce((_, other) => sumUp({ sum, other }, {}), 0);
    },
    adam({ w, m, v, average, decays }, g, factor, step) {
      const values = adamScalars(decays ? step : { ...step, decay: 0 }, factor);
      if (average) adamWithAverage({ g, m, v, w, average }, values);
      else adamAlone({ g, m, v, w }, values);
    },
  };
}
