import type { DrawOptions } from './draw.ts';
import type { StopOptions } from './stop.ts';

/** A text to write. */
export interface WriteRequest extends DrawOptions, StopOptions {
  /** The text to continue, in characters of the vocabulary. The network reads a newline before it, or two if it is empty. */
  readonly seed: string;
  /**
   * Whether the word that the seed ends with is whole: what follows begins with no letter.
   * @default false
   */
  readonly endsWord?: boolean;
  /**
   * How much less likely the last 64 tokens are to come again, 1 or more.
   * @default 1, as the network has it
   */
  readonly repetitionPenalty?: number;
  /** The same number gives the same text, by the same weights on the same machine, whatever else is written. */
  readonly randomSeed: number;
}
