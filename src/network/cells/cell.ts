import type { Tensor } from '../../graph/tensor.ts';

/**
 * A cell: what a layer computes at each step, written once, forward; its gradient follows from it. Vectors are columns,
 * one for each lane: x [X, B], states and gates [H, B].
 */
export interface Cell<Gate extends string = string, State extends string = string> {
  /** `LSTM` */
  readonly title: string;
  /** What it is and what it is good for, in a sentence. */
  readonly about: string;
  /** The module of torch.nn that computes the same, if there is one. */
  readonly pytorch?: 'LSTM' | 'RNN';
  /** The module that its arrays belong to in a file: `rnn` is for those of torch.nn alone. */
  readonly module: string;
  /** Carried from step to step, [H, B] each; the first is the hidden state, which is also the layer's output. */
  readonly states: readonly State[];
  /** The parameters of each gate, in the order in which they are declared, drawn and stored. */
  readonly gates: Readonly<Record<Gate, GateParameters>>;
  /** Its gates and states in the order of their computation, for people. */
  readonly vectors: readonly CellVector<Gate | State>[];
  step(gates: Gates<Gate>, before: Readonly<Record<State, Tensor>>): CellStep<Gate, State>;
}

/** Parameters of a gate by name (`layer0.i.W` is the `W` of gate i). */
export type GateParameters = Readonly<Record<string, GateRole>>;

/**
 * What a parameter adds to its gate's sum: `input` W [H, X] adds W·x, `recurrent` R [H, H] adds R·v and `elementwise`
 * p [H, 1] adds p∘v, for a vector v of the step; `bias` b [H, 1] adds itself.
 */
export type GateRole = 'input' | 'recurrent' | 'elementwise' | 'bias';

/** W·x + R·h + b */
export const standardGate = { W: 'input', R: 'recurrent', b: 'bias' } as const;

/** A gate or a state, as it is shown to people. */
export interface CellVector<Key extends string = string> {
  /** The gate's or state's name. */
  readonly key: Key;
  readonly symbol: string;
  readonly name: string;
  readonly formula: string;
  /** What it is for, in a few words. */
  readonly says: string;
  /** `unit` is 0 to 1, `signed` -1 to 1. */
  readonly range: 'unit' | 'signed' | 'unbounded';
}

/**
 * The named gates [H, B]: of each the activation of the sum of what its parameters add. `vectors` gives the v of
 * recurrent and elementwise parameters, by the parameter: `{ R: hidden }`.
 *
 * @throws TypeError if one is missing, or if gates that are asked for together have different parameters
 */
export type Gates<Gate extends string> = (
  names: readonly Gate[],
  activation: (sum: Tensor) => Tensor,
  vectors?: Readonly<Record<string, Tensor>>,
) => Readonly<Record<Gate, Tensor>>;

/** What a step makes. */
export interface CellStep<Gate extends string = string, State extends string = string> {
  readonly states: Readonly<Record<State, Tensor>>;
  /** The gates' values, to look at. */
  readonly gates: Readonly<Record<Gate, Tensor>>;
}
