import { BadInput } from '../errors.ts';
import type { GateRole } from './cells/cell.ts';
import { cellNamed } from './cells/cells.ts';
import type { Dropout, NamedArrays, NetworkConfig } from './config.ts';

/** A parameter as the network declares it. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
  readonly role: GateRole | 'embedding' | 'dense' | 'denseBias';
  /** Which layer of cells it belongs to, from 0; null for the embedding and the dense layer. */
  readonly layer: number | null;
  readonly gate: string | null;
  /** Whether weight decay makes it smaller: matrices. */
  readonly decays: boolean;
  /** The axis along which it has an entry for each token of the vocabulary; null where it has none. */
  readonly tokenAxis: 0 | 1 | null;
}

/** A state of a layer, carried from step to step. */
export interface StateShape {
  readonly name: string;
  /** [H, rows] */
  readonly shape: readonly number[];
  readonly layer: number;
  readonly state: string;
}

/** What a parameter's elements start at: a number, or drawn uniformly from ±`within`, or from a normal distribution. */
type Initial =
  | { readonly constant: number }
  | { readonly within: number }
  | { readonly deviation: number };

/**
 * The parameters of a network in their order: `embedding` [V, E] (not of a one-hot network); for every layer l and
 * gate g its own, mostly `layer{l}.{g}.W` [H, X], `.R` [H, H], `.b` [H, 1]; `dense.W` [V, H] and `dense.b` [V, 1]. X is
 * E, or V of a one-hot network, in layer 0, and H above it.
 *
 * All biases begin at 0, those of an LSTM's forget gate too. Begun at 1, as is often advised (Jozefowicz et al. 2015),
 * it learned more slowly: docs/quality.md.
 */
export function parameterShapes(config: NetworkConfig): Parameter[] {
  const { vocabularySize: V, hidden: H, embedding } = config;
  const within = { within: 1 / Math.sqrt(H) };
  const outside = { layer: null, gate: null, tokenAxis: 0 } as const;
  const table: Parameter[] =
    embedding === 'one-hot'
      ? []
      : [
          {
            ...{ ...outside, name: 'embedding', shape: [V, embedding], role: 'embedding' },
            ...{ initial: { deviation: 1 }, decays: true },
          },
        ];
  return [
    ...table,
    ...Array.from({ length: config.layers }, (_, layer) => layerParameters(config, layer)).flat(),
    {
      ...{ ...outside, name: 'dense.W', shape: [V, H], role: 'dense' },
      ...{ initial: within, decays: true },
    },
    {
      ...{ ...outside, name: 'dense.b', shape: [V, 1], role: 'denseBias' },
      ...{ initial: { constant: 0 }, decays: false },
    },
  ];
}

function layerParameters(
  { cell, vocabularySize: V, hidden: H, embedding }: NetworkConfig,
  layer: number,
): Parameter[] {
  const X = layer > 0 ? H : embedding === 'one-hot' ? V : embedding;
  const matrix = { initial: { within: 1 / Math.sqrt(H) }, decays: true };
  // A peephole starts closed: the network begins as the one without it.
  const vector = { shape: [H, 1], initial: { constant: 0 }, decays: false };
  const kinds = {
    input: { ...matrix, shape: [H, X] },
    recurrent: { ...matrix, shape: [H, H] },
    elementwise: vector,
    bias: vector,
  } as const satisfies Readonly<Record<GateRole, object>>;
  return Object.entries(cellNamed(cell).gates).flatMap(([gate, parameters]) =>
    Object.entries(parameters).map(([name, role]) => ({
      ...kinds[role],
      ...{ name: `layer${layer}.${gate}.${name}`, role, layer, gate },
      tokenAxis: role === 'input' && layer === 0 && embedding === 'one-hot' ? 1 : null,
    })),
  );
}

/** The recurrent matrices [H, H] among the parameters: `layer0.i.R`, ... */
export function recurrentShapes(config: NetworkConfig): Parameter[] {
  return parameterShapes(config).filter(({ role }) => role === 'recurrent');
}

/**
 * The masks of a window of so many lanes: one for each recurrent matrix, and of each layer's output [H, lanes].
 *
 * @throws BadInput for recurrent dropout of a cell without recurrent matrices
 */
export function maskShapes(
  config: NetworkConfig,
  dropout: Dropout,
  lanes: number,
): {
  readonly recurrent: readonly Parameter[];
  readonly layers: readonly (readonly number[])[];
} {
  checkDropout(config, dropout);
  return {
    recurrent: dropout.recurrent ? recurrentShapes(config) : [],
    layers: Array.from({ length: dropout.outputs ? config.layers : 0 }, () => [
      config.hidden,
      lanes,
    ]),
  };
}

export function hasRecurrentWeights(config: NetworkConfig): boolean {
  return recurrentShapes(config).length > 0;
}

/** @throws BadInput for recurrent dropout of a cell without recurrent matrices */
export function checkDropout(config: NetworkConfig, dropout: Dropout): void {
  if (!dropout.recurrent || hasRecurrentWeights(config)) return;
  throw new BadInput(
    `The ${cellNamed(config.cell).title} cell has no recurrent weights, so recurrent dropout cannot leave any out.`,
    'Set recurrent dropout to 0, or choose another cell.',
  );
}

/** The states of a network, each [H, rows]: `layer0.hidden`, `layer0.cell`, ... */
export function stateShapes(config: NetworkConfig, rows: number): StateShape[] {
  return Array.from({ length: config.layers }, (_, layer) =>
    cellNamed(config.cell).states.map((state) => ({
      name: `layer${layer}.${state}`,
      shape: [config.hidden, rows],
      ...{ layer, state },
    })),
  ).flat();
}

/** The parameters among some arrays, such as a training's whole state. @throws TypeError if one is missing. */
export function parametersOf(config: NetworkConfig, arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => {
      const array = arrays[name];
      if (array?.data.length !== elements(shape)) {
        throw new TypeError(
          `the weights lack "${name}" [${shape.join(', ')}], or it has another size`,
        );
      }
      return [name, array];
    }),
  );
}

/** How many numbers a network learns. */
export function parameterCount(config: NetworkConfig): number {
  return parameterShapes(config).reduce((sum, { shape }) => sum + elements(shape), 0);
}

/** New parameters; `random` gives numbers in [0, 1). */
export function initialParameters(config: NetworkConfig, random: () => number): NamedArrays {
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape, initial }) => {
      const data = new Float32Array(elements(shape));
      return [name, { shape, data: data.map(() => draw(initial, random)) }];
    }),
  );
}

/** Arrays of zeros of the given shapes. */
export function zeros(
  shapes: readonly { readonly name: string; readonly shape: readonly number[] }[],
): NamedArrays {
  return Object.fromEntries(
    shapes.map(({ name, shape }) => [name, { shape, data: new Float32Array(elements(shape)) }]),
  );
}

/** How many numbers an array of that shape has. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function draw(initial: Initial, random: () => number): number {
  if ('constant' in initial) return initial.constant;
  if ('within' in initial) return (2 * random() - 1) * initial.within;
  // Box and Muller (1958); 1 − random() is never 0.
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return initial.deviation * radius * Math.cos(2 * Math.PI * random());
}
