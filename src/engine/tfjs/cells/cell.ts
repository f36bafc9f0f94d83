import type { Tensor, Tensors } from '../tensorflow.ts';

/**
 * A cell as a layer's every step, with its derivative written out. Vectors are columns, one for each lane: states and
 * gates [H, B].
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
  /**
   * One step. `sums` gives what the gates of an operand sum up of its vector and of the layer's input,
   * R·operand + W·x + b [its gates·H, B], one gate under the other.
   */
  step(
    sums: (operand: Operand, vector: Tensor) => Tensor,
    before: Tensors<State>,
  ): CellStep<State, Kept>;
  /**
   * What the derivative of each of some steps multiplies by, as far as it is known before the gradients come from the
   * steps after: of all of them at once, as a kernel's call takes longer than what it computes of one.
   */
  factors(steps: readonly Tensors<Kept>[]): readonly Tensors<Factor>[];
  /**
   * From the gradients of a step's states after it those of its sums and of the states before it. Rt is R transposed,
   * [H, its gates·H] for each operand.
   */
  backward(
    Rt: Tensors<Operand>,
    factors: Tensors<Factor>,
    after: Tensors<State>,
  ): { readonly sums: Tensors<Operand>; readonly before: Tensors<State> };
}

export type CellStep<State extends string, Kept extends string> = {
  readonly states: Tensors<State>;
  /** The gates' values, to look at. */
  readonly gates: Tensors;
  /** What the factors of its derivative are made of. */
  readonly kept: Tensors<Kept>;
};
