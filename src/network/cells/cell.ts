import type { Tensor } from '../../graph/tensor.ts';

/**
 * A cell: what a layer does at each step, written once, forward, as its formula; the gradient follows from it.
 * Vectors are columns, one for each lane: x [X, B], states and gates [H, B].
 */
export interface Cell<Gate extends string = string, State extends string = string> {
  /** What goes on from step to step; the first is the hidden state, which is also what a layer hands on. */
  readonly states: readonly State[];
  readonly gates: readonly Gate[];
  step(gates: Gates<Gate>, before: Readonly<Record<State, Tensor>>): CellStep<Gate, State>;
}

/**
 * Those of the gates [H, B] that are asked for, each squash(W·x + R·h + b) with weights of its own, for the step's x.
 */
export type Gates<Gate extends string> = (
  asked: readonly Gate[],
  squash: (sums: Tensor) => Tensor,
  h: Tensor,
) => Readonly<Record<Gate, Tensor>>;

export interface CellStep<Gate extends string = string, State extends string = string> {
  readonly states: Readonly<Record<State, Tensor>>;
  /** The gates' values, to look at. */
  readonly gates: Readonly<Record<Gate, Tensor>>;
}
