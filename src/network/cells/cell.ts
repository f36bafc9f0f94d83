import { affine } from '../../graph/operations.ts';
import type { Tensor } from '../../graph/tensor.ts';

/**
 * A cell: what a layer does at each step, written once, forward, as its formula; the gradient follows from it.
 * Vectors are columns, one for each lane: x [X, B], states and gates [H, B].
 */
export interface Cell<Gate extends string = string, State extends string = string> {
  /** What goes on from step to step; the first is the hidden state, which is also what a layer hands on. */
  readonly states: readonly State[];
  readonly gates: readonly Gate[];
  step(
    weights: Readonly<Record<Gate, GateWeights>>,
    x: Tensor,
    before: Readonly<Record<State, Tensor>>,
  ): CellStep<Gate, State>;
}

/**
 * W [H, X], R [H, H] and b [H, 1], which may have been added to W's columns before: each gate has its own, so that
 * nothing is cut or joined inside a step.
 */
export interface GateWeights {
  readonly W: Tensor;
  readonly R: Tensor;
  readonly b?: Tensor;
}

export interface CellStep<Gate extends string = string, State extends string = string> {
  readonly states: Readonly<Record<State, Tensor>>;
  /** The gates' values, to look at. */
  readonly gates: Readonly<Record<Gate, Tensor>>;
}

/** W·x + R·h + b */
export function weighted({ W, R, b }: GateWeights, x: Tensor, h: Tensor): Tensor {
  return affine(R, h, affine(W, x, b));
}
