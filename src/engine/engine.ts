import type { Dropout, NamedArrays, NetworkConfig } from '../network/config.ts';

/**
 * What computes a network. Arrays come and go under the network's own names and layouts (`parameterShapes`,
 * `stateShapes`), so that whatever one engine trained another goes on with.
 */
export interface Engine {
  readonly name: EngineName;
  /** Of the library that computes. */
  readonly version: string;
  /** The graphics card that it computes on, by its name; none where that is the processor. */
  readonly card?: string;
  /** What it computes on and how, for people; none where there is nothing to choose. */
  readonly about?: string;
  /** Of an engine that lets a person choose. */
  readonly choices?: ComputeChoices;
  trainer(setup: TrainerSetup, state: NamedArrays): Promise<Trainer>;
  scorer(setup: ScorerSetup): Promise<Scorer>;
  stepper(setup: StepperSetup): Promise<Stepper>;
}

/**
 * ONNX Runtime, which comes with the program; TensorFlow.js, an optional peer dependency; PyTorch, in a Python that has
 * it.
 */
export const engineNames = ['onnx', 'tfjs', 'torch'] as const;
export type EngineName = (typeof engineNames)[number];

/** What a person may choose of how PyTorch trains. */
export interface ComputeChoices {
  /** Of the products in forward and backward: `bf16` is 16-bit brain floating point. */
  readonly precision: 'fp32' | 'bf16';
  /** That share the lanes of a batch, on each machine. */
  readonly processes: number;
  /** Machines. */
  readonly nodes: number;
}

export interface TrainerSetup {
  readonly config: NetworkConfig;
  /** B */
  readonly batch: number;
  /** T */
  readonly unroll: number;
  /** Which masks steps are given. */
  readonly dropout: Dropout;
  /** Whether a moving average of the weights is kept. */
  readonly keepsEma: boolean;
  /** Processors to use, 1 or more. The last bits of a step depend on it. */
  readonly threads: number;
}

/** Characters of B lanes over T steps, by ids, time-major: step t of lane b is at t·B + b. */
export interface Window {
  /** [T·B] */
  readonly inputs: Int32Array;
  /** [T·B], the character after each input. */
  readonly targets: Int32Array;
}

/** What a window leaves out, as factors: 0, or 1 / (1 − the chance). */
export interface WindowMasks {
  /** By a recurrent matrix's name [H, H]: its weights, for all lanes; empty where none are left out. */
  readonly recurrent: Readonly<Record<string, Float32Array>>;
  /** For every layer [H, B]: units of its output; empty where none are left out. */
  readonly layers: readonly Float32Array[];
}

/** What one step of the optimizer is told. */
export interface StepOptions {
  /** Counted from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clip: number;
  /** Of the weights' moving average, 0 to 1; 0 where none is kept. */
  readonly emaDecay: number;
  /** Whether the hidden state starts at zero in this window, instead of going on. */
  readonly resetState: boolean;
}

export interface StepResult {
  /** The window's mean loss before the step, in nats a character. */
  readonly loss: number;
  /** The norm of the gradient before clipping. */
  readonly gradientNorm: number;
}

/** Holds the state of a training: parameters, `m.…`, `v.…`, `average.…` where kept, and the hidden states [H, B]. */
export interface Trainer {
  step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult>;
  /** The loss and the gradients of a window from the present state, which does not change. */
  gradients(
    window: Window,
    masks: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }>;
  /** A copy of the whole state. */
  state(): Promise<NamedArrays>;
  close(): Promise<void>;
}

/** What a scorer is made for: the network's shape, and windows of R lanes over T steps. */
export interface ScorerSetup {
  readonly config: NetworkConfig;
  /** R */
  readonly lanes: number;
  /** T */
  readonly unroll: number;
  readonly threads: number;
}

/** Reads texts and tells how surprised the network is. */
export interface Scorer {
  /** Takes weights and begins with a hidden state of zero. */
  begin(weights: NamedArrays): void;
  /** −ln of the probability of every target [T·R], in nats; the hidden state goes on to the next window. */
  score(window: Window): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What a stepper is made for: a network, by its shape and its weights. */
export interface StepperSetup {
  readonly config: NetworkConfig;
  readonly weights: NamedArrays;
  readonly threads: number;
  /** Whether each step also gives the gates, to look at. */
  readonly gates?: boolean;
  /**
   * Whether the engine may round the layers' matrices to eight bits a weight where its steps are faster so: to draw
   * texts, which cost no more bits per character for it. Else it computes with the weights as they are.
   */
  readonly quantized?: boolean;
}

/** Runs the network one token at a time. */
export interface Stepper {
  /**
   * One step of R rows: a character each, by its id, or weights of all V characters that sum to 1. The states are
   * [R, H] row-major by name (`layer0.hidden`, ...); none is all zero. A row's result does not depend on the other rows.
   */
  step(characters: Int32Array | Float32Array, states: States | undefined): Promise<StepOutput>;
  close(): Promise<void>;
}

/** For every state its rows [R, H]. */
export type States = Readonly<Record<string, Float32Array>>;

export interface StepOutput {
  /** [R, V] */
  readonly logits: Float32Array;
  readonly states: States;
  /** The gates' values [R, H], by `layer0.i`; none unless the setup asked for them. */
  readonly gates: States;
}
