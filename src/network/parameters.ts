import { cells } from './cells/cells.ts';
import type { Dropout, NamedArrays, NetworkConfig } from './config.ts';

/** A parameter as the network declares it. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
}

/** What a parameter's elements start at: a number, or drawn uniformly from ±`within`, or from a normal distribution. */
type Initial =
  | { readonly constant: number }
  | { readonly within: number }
  | { readonly deviation: number };

/**
 * The parameters of a network in their order: `embedding` [V, E] (not of a one-hot network); for every layer l and
 * gate g `layer{l}.{g}.W` [H, X], `.R` [H, H], `.b` [H, 1]; `dense.W` [V, H] and `dense.b` [V, 1]. X is E, or V of a
 * one-hot network, in layer 0, and H above it.
 *
 * All biases begin at 0, those of an LSTM's forget gate too. Begun at 1, as is often advised (Jozefowicz et al. 2015),
 * it learnt more slowly: docs/quality.md.
 */
export function parameterShapes(config: NetworkConfig): ParameterShape[] {
  const { vocabularySize: V, hidden: H, embedding } = config;
  const cell = cells[config.cell];
  const within = { within: 1 / Math.sqrt(H) };
  const shapes: ParameterShape[] = [];
  if (embedding !== 'one-hot') {
    shapes.push({ name: 'embedding', shape: [V, embedding], initial: { deviation: 1 } });
  }
  for (let layer = 0; layer < config.layers; layer++) {
    const X = layer > 0 ? H : embedding === 'one-hot' ? V : embedding;
    for (const gate of Object.keys(cell.gates)) {
      shapes.push(
        { name: `layer${layer}.${gate}.W`, shape: [H, X], initial: within },
        { name: `layer${layer}.${gate}.R`, shape: [H, H], initial: within },
        { name: `layer${layer}.${gate}.b`, shape: [H, 1], initial: { constant: 0 } },
      );
    }
  }
  shapes.push(
    { name: 'dense.W', shape: [V, H], initial: within },
    { name: 'dense.b', shape: [V, 1], initial: { constant: 0 } },
  );
  return shapes;
}

/** The recurrent matrices [H, H] among the parameters: `layer0.i.R`, ... */
export function recurrentShapes(config: NetworkConfig): ParameterShape[] {
  return parameterShapes(config).filter(({ name }) => name.endsWith('.R'));
}

/** The masks of a window of so many lanes: one for each recurrent matrix, and of each layer's output [H, lanes]. */
export function maskShapes(
  config: NetworkConfig,
  dropout: Dropout,
  lanes: number,
): {
  readonly recurrent: readonly ParameterShape[];
  readonly layers: readonly (readonly number[])[];
} {
  return {
    recurrent: dropout.recurrent ? recurrentShapes(config) : [],
    layers: Array.from({ length: dropout.outputs ? config.layers : 0 }, () => [
      config.hidden,
      lanes,
    ]),
  };
}

/** The states of a network, each [H, rows]: `layer0.hidden`, `layer0.cell`, ... */
export function stateShapes(config: NetworkConfig, rows: number): ParameterShape[] {
  return Array.from({ length: config.layers }, (_, layer) =>
    cells[config.cell].states.map((state) => ({
      name: `layer${layer}.${state}`,
      shape: [config.hidden, rows],
      initial: { constant: 0 },
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
