import type { NamedArrays } from '../network/config.ts';

/** One optimizer step. */
export interface StepEvent {
  readonly type: 'step';
  /** Steps done, counted from 1. */
  readonly step: number;
  /** Passes over the training part so far, a fraction. */
  readonly passes: number;
  /** The step's mean training loss in bits per character, with dropout. */
  readonly bitsPerCharacter: number;
  /** The global norm of the gradient before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  /** Tokens that the step learned from: B·T. */
  readonly tokens: number;
  /** Characters that these are. */
  readonly characters: number;
}

/** A look at the validation part. */
export interface EvaluationEvent {
  readonly type: 'evaluation';
  readonly step: number;
  readonly bitsPerCharacter: number;
  /** Whether it is the lowest of the run so far. */
  readonly best: boolean;
}

/** A text drawn from the network as it is. */
export interface SampleEvent {
  readonly type: 'sample';
  readonly step: number;
  readonly seed: string;
  readonly text: string;
  readonly temperature: number;
}

/** A state from which the run can go on, and the weights to serve. */
export interface CheckpointEvent {
  readonly type: 'checkpoint';
  readonly step: number;
  readonly kind: CheckpointKind;
  /** The weights to serve: the moving average where there is one. */
  readonly weights: NamedArrays;
  /** What resuming needs: see `TrainingState`. Left out of a checkpoint that only serves. */
  readonly state?: TrainingState;
  /** The validation figure of these weights in bits per character, where it was measured. */
  readonly bitsPerCharacter?: number;
}

/** `best`: by validation. `last`: the newest state. `kept`: asked for by a person, stays with the run. */
export type CheckpointKind = 'best' | 'last' | 'kept';

/** A non-finite loss: the run went back to its last good state with half the learning rate. */
export interface RecoveryEvent {
  readonly type: 'recovery';
  readonly step: number;
  readonly backTo: number;
  readonly learningRate: number;
}

/** The last event of a training, after its last checkpoint. */
export interface DoneEvent {
  readonly type: 'done';
  readonly step: number;
  /** `budget`: every step was done. `stopped`: it was asked to. `patience`: no better figure for too long. */
  readonly reason: 'budget' | 'stopped' | 'patience';
}

/** What `train` yields, in the order in which it happens. */
export type TrainingEvent =
  | StepEvent
  | EvaluationEvent
  | SampleEvent
  | CheckpointEvent
  | RecoveryEvent
  | DoneEvent;

/**
 * The whole state of a training: saved and resumed on the same machine, it continues bit for bit.
 * `arrays` holds what is large (weights, both moments, the average, the hidden state), `progress` the rest,
 * plain JSON.
 */
export interface TrainingState {
  readonly arrays: NamedArrays;
  readonly progress: TrainingProgress;
}

/** The part of a training's state that is not arrays; plain JSON. */
export interface TrainingProgress {
  readonly step: number;
  /** The step of the last evaluation, 0 before the first. */
  readonly evaluated: number;
  /** Where the lanes stand in the training part: the pass, the offset it began at, windows done in it. */
  readonly place: { readonly pass: number; readonly offset: number; readonly window: number };
  /** The state of the run's own generator: it draws masks and offsets. */
  readonly generator: readonly number[];
  /** What the learning rate is multiplied by after recoveries: 1, 0.5, 0.25, 0.125. */
  readonly learningRateScale: number;
  readonly recoveries: number;
  readonly best: { readonly step: number; readonly bitsPerCharacter: number } | null;
  /** Evaluations since the best one. */
  readonly sinceBest: number;
}
