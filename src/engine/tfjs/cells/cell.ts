import type { Tensor, Tensors } from '../tensorflow.ts';

/**
 * A cell as a layer's every step, with its derivative written out. Vectors are columns, one for each lane: states and
 * gates [H, B]; x [G·H, B] is what a step's input adds to the sums of all G gates, W·x + b, one gate under the other.
 */
export interface Cell<
  State extends string = string,
  Operand extends string = string,
  Kept extends string = string,
  Factor extends string = string,
> {
  /** What goes on from step to step; the hidden state is also what a layer hands on. */
  readonly states: readonly State[];
  /** The gates in the order in which they lie under each other, by the vector that their R multiply. */
  readonly products: Readonly<Record<Operand, readonly string[]>>;
  /** One step. R [its gates·H, H] is given for each operand. */
  step(R: Tensors<Operand>, x: Tensor, before: Tensors<State>): CellStep<State, Operand, Kept>;
  /**
   * Of what all steps kept, each [T, ..., B], the factors of the derivative, likewise: whatever does not depend on the
   * gradients that come from the steps after, at once for the whole window.
   */
  factors(kept: Tensors<Kept>): Tensors<Factor>;
  /** From the gradients of a step's states after it those of its x and of the states before it. Rt is R transposed. */
  backward(
    Rt: Tensors<Operand>,
    factors: Tensors<Factor>,
    after: Tensors<State>,
  ): { readonly x: Tensor; readonly before: Tensors<State> };
}

export type CellStep<State extends string, Operand extends string, Kept extends string> = {
  readonly states: Tensors<State>;
  /** The gates' values, to look at. */
  readonly gates: Tensors;
  /** What the R multiplied. */
  readonly operands: Tensors<Operand>;
  /** What the derivative needs of the step. */
  readonly kept: Tensors<Kept>;
};
