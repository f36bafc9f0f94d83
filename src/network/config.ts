import type { CellName } from './cells/cells.ts';

/** What shape a network has: everything its parameters' shapes follow from. */
export interface NetworkConfig {
  readonly cell: CellName;
  /** V: how many different characters there are, 2 or more. */
  readonly vocabularySize: number;
  /** E: the length of a character's vector, or `one-hot`: the vector of length V with a single 1. */
  readonly embedding: number | 'one-hot';
  /** H: the length of the hidden state of a layer, 8 to 2,048. */
  readonly hidden: number;
  /** L: layers, 1 to 4, all of the same kind and length. */
  readonly layers: number;
}

/** What a training leaves out at random. */
export interface Dropout {
  /** Units of the layers' outputs. */
  readonly outputs: boolean;
  /** Weights of the recurrent matrices. */
  readonly recurrent: boolean;
}

/** A named array of the network, row-major. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Arrays by name, in the order in which the network declares them. */
export type NamedArrays = Readonly<Record<string, NamedArray>>;
