import {
  add,
  divide,
  fill,
  maximum,
  multiply,
  scale,
  sqrt,
  subtract,
  sumTo,
} from '../graph/operations.ts';
import type { Tensor } from '../graph/tensor.ts';

/** The decays of Adam's two moments. */
export const moments = { beta1: 0.9, beta2: 0.999 } as const;

/** The scalars of one step, as symbols; `stepScalars` gives their values. */
export interface StepSymbols {
  readonly stepSize: Tensor;
  readonly epsilon: Tensor;
  readonly decay: Tensor;
  readonly clip: Tensor;
  readonly averagingShare: Tensor;
}

/**
 * What a step multiplies by. Adam's bias corrections are folded into the step size and ε (Kingma and Ba 2015, end of
 * section 2). `step` counts from 1. The moving average begins with a short memory that grows to `averaging`.
 */
export function stepScalars(
  step: number,
  learningRate: number,
  settings: { readonly weightDecay: number; readonly clip: number; readonly averaging: number },
): Readonly<Record<keyof StepSymbols, number>> {
  const corrected = Math.sqrt(1 - moments.beta2 ** step);
  return {
    stepSize: (learningRate * corrected) / (1 - moments.beta1 ** step),
    epsilon: 1e-8 * corrected,
    decay: learningRate * settings.weightDecay,
    clip: settings.clip,
    averagingShare: 1 - Math.min(settings.averaging, (1 + step) / (10 + step)),
  };
}

/** The norm of all gradients together, and the factor that scales it down to `clip` where it is above. */
export function clipping(
  gradients: readonly Tensor[],
  clip: Tensor,
): { readonly norm: Tensor; readonly factor: Tensor } {
  const squares = gradients.map((gradient) => sumTo(multiply(gradient, gradient), []));
  const norm = sqrt(squares.reduce(add));
  return { norm, factor: divide(clip, maximum(norm, clip)) };
}

export interface ParameterState {
  readonly w: Tensor;
  readonly m: Tensor;
  readonly v: Tensor;
  readonly average?: Tensor;
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019) of one parameter, after clipping by `factor`; only where it `decays` do its weights. */
export function adam(
  state: ParameterState,
  gradient: Tensor,
  factor: Tensor,
  step: StepSymbols,
  decays: boolean,
): ParameterState {
  const { w } = state;
  const { beta1, beta2 } = moments;
  // m' = β₁m + (1 − β₁)g    v' = β₂v + (1 − β₂)g²
  const m = add(scale(state.m, beta1), multiply(gradient, scale(factor, 1 - beta1)));
  const square = scale(multiply(factor, factor), 1 - beta2);
  const v = add(scale(state.v, beta2), multiply(multiply(gradient, gradient), square));
  // w' = (1 − decay)w − stepSize·m' / (√v' + ε)
  const kept = decays ? multiply(w, subtract(fill(1, w), step.decay)) : w;
  const update = multiply(divide(m, add(sqrt(v), step.epsilon)), step.stepSize);
  const after = subtract(kept, update);
  if (!state.average) return { w: after, m, v };
  const { average } = state;
  return {
    w: after,
    m,
    v,
    average: add(average, multiply(subtract(after, average), step.averagingShare)),
  };
}
