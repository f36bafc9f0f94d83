import type { States, StepperSetup } from '../../../src/engine/engine.ts';

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

/** What the thread is asked. */
export type Task =
  | { readonly type: 'open'; readonly model: Pick<StepperSetup, 'config' | 'weights'> }
  /** A step from the hidden state that the last one left, or from zero. */
  | { readonly type: 'step'; readonly input: number; readonly fresh: boolean };

export type ToThread =
  | { readonly call: number; readonly task: Task }
  /** The thread is to end. */
  | { readonly end: true };

/** Of `step` its frame, of `open` nothing. */
export type Answer = { readonly call: number } & (
  | { readonly frame: Frame | null }
  | { readonly failure: string }
);
