import type { States } from '../../../src/engine/engine.ts';

/** What happens inside a network at one step. */
export interface Frame {
  /** The id of the character that it took. */
  readonly input: number;
  /** Every gate by `layer0.i`, and every state after the step by `layer0.hidden`: [H] each. */
  readonly gates: States;
  readonly states: States;
  /** [V] */
  readonly logits: Float32Array;
}
