import { z } from 'zod';
import { cellNames } from './cells/cells.ts';

/** What shape a network has: everything its parameters' shapes follow from. */
export const networkSchema = z
  .object({
    cell: z.enum(cellNames),
    /** V: how many different tokens there are. */
    vocabularySize: z.int().min(2),
    /** E: the length of a token's vector, or `one-hot`: the vector of length V with a single 1. */
    embedding: z.union([z.int().min(1).max(2048), z.literal('one-hot')]),
    /** H: the length of the hidden state of a layer. */
    hidden: z.int().min(8).max(2048),
    /** L: layers, all of the same kind and length. */
    layers: z.int().min(1).max(4),
  })
  .readonly();

/** The shape of a network, within the limits of `networkSchema`. */
export type NetworkConfig = z.infer<typeof networkSchema>;

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
