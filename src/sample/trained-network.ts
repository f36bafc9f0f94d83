import type { NamedArrays, NetworkConfig } from '../network/config.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** A trained network, ready to be computed. */
export interface TrainedNetwork {
  /** Unique, such as a checkpoint's: another network has another id. */
  readonly id: number;
  readonly config: NetworkConfig;
  readonly tokenizer: Tokenizer;
  readonly weights: NamedArrays;
}
