import type { NetworkConfig } from '../../src/network/config.ts';
import {
  at,
  backThroughProduct,
  gather,
  gatherColumn,
  type LaneState,
  type Parameter,
  plus,
  product,
  referenceCells,
  times,
  type Vector,
} from './reference-cells.ts';

/** An array by the network's names and layouts. */
interface ReferenceArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export interface ReferenceTask {
  readonly config: NetworkConfig;
  readonly parameters: Readonly<Record<string, ReferenceArray>>;
  /** B */
  readonly batch: number;
  /** For every character its weights over the vocabulary, step t of lane b at t·B + b. */
  readonly inputs: readonly Vector[];
  /** The id after each of them. */
  readonly targets: ArrayLike<number>;
  /** Of every lane each layer's, before the first step. */
  readonly states: readonly (readonly LaneState[])[];
  /** Factors by which recurrent matrices [H, H], by name, and for every layer its outputs [H, B] are multiplied. */
  readonly masks?: {
    readonly recurrent: Readonly<Record<string, ArrayLike<number>>>;
    readonly layers: readonly ArrayLike<number>[];
  };
}

export interface ReferenceResult {
  /** The mean of `nats`. */
  readonly loss: number;
  /** Of every character. */
  readonly nats: readonly number[];
  readonly logits: readonly Vector[];
  /** Of every character, by `layer0.i`. */
  readonly gates: readonly Readonly<Record<string, Vector>>[];
  /** Of every lane each layer's, after the last step. */
  readonly states: readonly (readonly LaneState[])[];
  /** Of the loss, by the parameters' names and layouts. */
  readonly gradients: Readonly<Record<string, Vector>>;
}

/** A window forward and backward, one lane after the other. */
export function referenceWindow(task: ReferenceTask): ReferenceResult {
  const { config, batch, inputs, targets } = task;
  const masked = (name: string, values: Vector): Vector => {
    const mask = task.masks?.recurrent[name];
    return mask ? times(values, Float64Array.from(mask)) : values;
  };
  const network = parametersByName(
    Object.fromEntries(
      Object.entries(task.parameters).map(([name, { shape, data }]) => [
        name,
        { shape, data: masked(name, Float64Array.from(data)) },
      ]),
    ),
  );
  const nats: number[] = [];
  const logits: Vector[] = [];
  const gates: Record<string, Vector>[] = [];
  const states = task.states.map((initial, lane) => {
    const masks = task.masks?.layers.map((mask) =>
      Float64Array.from({ length: config.hidden }, (_, k) => mask[k * batch + lane] ?? 0),
    );
    const backs: ((later: readonly LaneState[]) => readonly LaneState[])[] = [];
    let current = initial;
    for (let place = lane; place < inputs.length; place += batch) {
      const step = stepOfLane(config, network, inputs[place] ?? new Float64Array(), current, masks);
      const target = targets[place] ?? Number.NaN;
      const shares = softmax(step.logits);
      const dLogits = shares.map((share, id) => (share - (id === target ? 1 : 0)) / inputs.length);
      nats[place] = -Math.log(at(shares, target));
      logits[place] = step.logits;
      gates[place] = step.gates;
      backs.push((later) => step.back(dLogits, later));
      current = step.after;
    }
    backs.reduceRight<readonly LaneState[]>((later, back) => back(later), current.map(zeroState));
    return current;
  });
  return {
    loss: nats.reduce((sum, each) => sum + each) / nats.length,
    nats,
    logits,
    gates,
    states,
    gradients: Object.fromEntries(
      Object.keys(task.parameters).map((name) => [
        name,
        masked(name, flat(network(name).gradient)),
      ]),
    ),
  };
}

interface StepOfLane {
  readonly logits: Vector;
  readonly after: readonly LaneState[];
  readonly gates: Readonly<Record<string, Vector>>;
  /** Takes the gradients by the logits and by the states after; gathers the parameters', gives that by those before. */
  back(dLogits: Vector, later: readonly LaneState[]): readonly LaneState[];
}

function stepOfLane(
  config: NetworkConfig,
  network: (name: string) => Parameter,
  input: Vector,
  before: readonly LaneState[],
  masks: readonly Vector[] | undefined,
): StepOfLane {
  const cell = referenceCells[config.cell];
  if (!cell) throw new TypeError(`the cell ${config.cell} has no reference`);
  const masked = (vector: Vector, layer: number) => {
    const mask = masks?.[layer];
    return mask ? times(vector, mask) : vector;
  };
  let vector = input;
  if (config.embedding !== 'one-hot') {
    const scaled = network('embedding').rows.map((row, id) =>
      row.map((value) => value * at(input, id)),
    );
    vector = plus(...scaled);
  }
  const gates: Record<string, Vector> = {};
  const steps = before.map((state, layer) => {
    const step = cell((gate) => (name) => network(`layer${layer}.${gate}.${name}`), vector, state);
    for (const [gate, value] of Object.entries(step.gates)) gates[`layer${layer}.${gate}`] = value;
    vector = masked(step.after.hidden, layer);
    return step;
  });
  const top = vector;
  return {
    logits: plus(product(network('dense.W'), top), flat(network('dense.b').rows)),
    after: steps.map((step) => step.after),
    gates,
    back(dLogits, later) {
      gatherColumn(network('dense.b'), dLogits);
      let upstream = backThroughProduct(network('dense.W'), dLogits, top);
      const states: LaneState[] = [];
      for (const [layer, step] of [...steps.entries()].reverse()) {
        const { hidden, cell } = later[layer] ?? zeroState(step.after);
        const { x, before } = step.back({ hidden: plus(hidden, masked(upstream, layer)), cell });
        states[layer] = before;
        upstream = x;
      }
      if (config.embedding !== 'one-hot') {
        network('embedding').gradient.forEach((row, id) => {
          gather(
            row,
            upstream.map((value) => value * at(input, id)),
          );
        });
      }
      return states;
    },
  };
}

function parametersByName(
  arrays: Readonly<Record<string, ReferenceArray>>,
): (name: string) => Parameter {
  const parameters = new Map(
    Object.entries(arrays).map(([name, { shape, data }]) => {
      const [rows = 0, columns = 0] = shape;
      const values = Float64Array.from(data);
      const row = (place: number) => values.slice(place * columns, (place + 1) * columns);
      return [
        name,
        {
          rows: Array.from({ length: rows }, (_, place) => row(place)),
          gradient: Array.from({ length: rows }, () => new Float64Array(columns)),
        },
      ];
    }),
  );
  return (name) => {
    const parameter = parameters.get(name);
    if (!parameter) throw new TypeError(`there is no ${name}`);
    return parameter;
  };
}

function zeroState({ hidden, cell }: LaneState): LaneState {
  return { hidden: new Float64Array(hidden.length), cell: new Float64Array(cell.length) };
}

function softmax(logits: Vector): Vector {
  const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
}

function flat(rows: readonly Vector[]): Vector {
  return Float64Array.from(rows.flatMap((row) => [...row]));
}
