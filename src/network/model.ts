import {
  add,
  affine,
  columnsOf,
  concat,
  type Factors,
  gather,
  input,
  multiply,
  slice,
  sumOfProducts,
  transpose,
} from '../graph/operations.ts';
import { recurrence } from '../graph/recurrence.ts';
import type { ElementType, Tensor } from '../graph/tensor.ts';
import type { Cell, GateRole, Gates } from './cells/cell.ts';
import { cellNamed } from './cells/cells.ts';
import type { NetworkConfig } from './config.ts';
import { elements } from './parameters.ts';

/** Symbols by the names that `parameterShapes` and `stateShapes` give. */
export type Symbols = Readonly<Record<string, Tensor>>;

/** Tensors that are given when the graph runs, under their own names. */
export function inputs(
  shapes: readonly { readonly name: string; readonly shape: readonly number[] }[],
  type: ElementType = 'float',
): Symbols {
  return Object.fromEntries(shapes.map(({ name, shape }) => [name, input(name, shape, type)]));
}

/** What is left out of a window, as factors: 0, or 1 / (1 − the chance). The same at every step of the window. */
export interface Masks {
  /** By a recurrent matrix's name [H, H]: weights of it; none where none are left out. */
  readonly recurrent: Symbols;
  /** For every layer [H, B]: units of its output; none where none are left out. */
  readonly layers: readonly Tensor[];
}

/** T steps of the network: ids [T, B] → logits [T, V, B] and the states after them. */
export function unrolled(
  config: NetworkConfig,
  parameters: Symbols,
  states: Symbols,
  ids: Tensor,
  masks?: Masks,
): { readonly logits: Tensor; readonly states: Symbols } {
  const cell = cellNamed(config.cell);
  const vectors = characterVectors(config, parameters);
  const [steps = 1] = ids.shape;
  const after: Record<string, Tensor> = {};
  const first = readInputs(cell, parameters, vectors, ids);
  let sequence: Tensor | undefined;
  for (let layer = 0; layer < config.layers; layer++) {
    const names = cell.states.map((state) => `layer${layer}.${state}`);
    const loop = recurrence(
      steps,
      names.map((name) => symbol(states, name)),
      sequence ? [sequence] : Object.values(first),
      (before, given) => {
        const gates = separateGates({
          ...{ cell, parameters, vectors, layer },
          ...(layer > 0 ? { x: given[0] } : { read: renamed(first, given) }),
          ...(masks && { recurrentMasks: masks.recurrent }),
        });
        const next = stepOf(cell, gates, before).states;
        return { next, collect: next.slice(0, 1) };
      },
    );
    names.forEach((name, index) => {
      const last = loop.last[index];
      if (last) after[name] = last;
    });
    const [hidden] = loop.collected;
    const mask = masks?.layers[layer];
    if (hidden) sequence = mask ? multiply(hidden, mask) : hidden;
  }
  if (!sequence) throw new TypeError('a network has a layer or more');
  return { logits: dense(parameters, sequence), states: after };
}

/** One step of the network: x [V, B] → logits [V, B], the states after it and every gate, by `layer{l}.{gate}`. */
export function singleStep(
  config: NetworkConfig,
  parameters: Symbols,
  states: Symbols,
  x: Tensor,
): { readonly logits: Tensor; readonly states: Symbols; readonly gates: Symbols } {
  const cell = cellNamed(config.cell);
  const vectors = characterVectors(config, parameters);
  const after: Record<string, Tensor> = {};
  const gates: Record<string, Tensor> = {};
  let column = x;
  for (let layer = 0; layer < config.layers; layer++) {
    const names = cell.states.map((state) => `layer${layer}.${state}`);
    const step = stepOf(
      cell,
      fusedGates({ cell, parameters, vectors, layer, x: column }),
      names.map((name) => symbol(states, name)),
    );
    step.states.forEach((state, index) => {
      after[names[index] ?? ''] = state;
    });
    for (const [gate, value] of Object.entries(step.gates)) gates[`layer${layer}.${gate}`] = value;
    column = step.states[0] ?? column;
  }
  return { logits: dense(parameters, column), states: after, gates };
}

function stepOf(
  cell: Cell,
  gates: Gates<string>,
  before: readonly Tensor[],
): { readonly states: readonly Tensor[]; readonly gates: Symbols } {
  const named = Object.fromEntries(
    cell.states.flatMap((state, index) => {
      const tensor = before[index];
      return tensor ? [[state, tensor]] : [];
    }),
  );
  const step = cell.step(gates, named);
  return { states: cell.states.map((state) => symbol(step.states, state)), gates: step.gates };
}

/** What is known when a layer's gates are asked for. */
interface Layer {
  readonly cell: Cell;
  readonly parameters: Symbols;
  /** Of all characters, [X, V]; none where a character is its unit vector. */
  readonly vectors: Tensor | undefined;
  readonly layer: number;
  /** What comes in: [X, B], or [V, B] in the first layer; none where it was read before the loop. */
  readonly x?: Tensor | undefined;
  /** What the input adds to each gate [H, B], by the gate's parameter. */
  readonly read?: Symbols;
  readonly recurrentMasks?: Symbols;
}

/** Each gate by products of its own, so that a loop and its gradient have nothing to slice or concatenate. */
function separateGates(layer: Layer): Gates<string> {
  return (names, activation, vectors = {}) =>
    Object.fromEntries(names.map((gate) => [gate, activation(gateSum(layer, [gate], vectors))]));
}

/** The gates that are asked for together by one product: faster with constant weights, which the runtime packs. */
function fusedGates(layer: Layer): Gates<string> {
  return (names, activation, vectors = {}) => {
    const all = activation(gateSum(layer, names, vectors));
    const gate = (index: number) => (names.length > 1 ? slice(all, index, names.length) : all);
    return Object.fromEntries(names.map((name, index) => [name, gate(index)]));
  };
}

/** What gates of the same parameters sum up before their activation, one gate after the other [n·H, B]. */
function gateSum(
  { cell, parameters, vectors: characters, layer, x, read, recurrentMasks = {} }: Layer,
  gates: readonly string[],
  vectors: Readonly<Record<string, Tensor>>,
): Tensor {
  const declared = gates.map((gate) => Object.entries(cell.gates[gate] ?? {}));
  const [own = []] = declared;
  if (declared.some((other) => String(other) !== String(own))) {
    throw new TypeError(`the gates ${gates.join(', ')} have different parameters`);
  }
  const all = (parameter: string) =>
    joined(
      gates.map((gate) => {
        const name = `layer${layer}.${gate}.${parameter}`;
        const mask = recurrentMasks[name];
        return mask ? multiply(symbol(parameters, name), mask) : symbol(parameters, name);
      }),
    );
  const of = (role: GateRole) => own.filter((each) => each[1] === role).map(([name]) => name);
  const bias = sum(of('bias').map(all));
  const recurrent = of('recurrent').map((name) => [all(name), symbol(vectors, name)] as const);
  const elementwise = of('elementwise').map((name) => {
    const vector = symbol(vectors, name);
    return multiply(all(name), joined(gates.map(() => vector)));
  });
  if (read) {
    const input = of('input').map((name) =>
      joined(gates.map((gate) => symbol(read, `layer${layer}.${gate}.${name}`))),
    );
    return sums(recurrent, [...input, ...elementwise]);
  }
  if (!x) throw new TypeError('a layer needs an input');
  if (layer > 0) {
    const input = of('input').map((name) => [all(name), x] as const);
    return sums([...input, ...recurrent], [...(bias ? [bias] : []), ...elementwise]);
  }
  const input = of('input').map((name) => [onCharacters(characters, all(name), bias), x] as const);
  return sums([...input, ...recurrent], elementwise);
}

/**
 * What the ids [T, B] add to the first layer's gates at all steps [T, H, B], by the parameter of the gate: picked from
 * what each token of the vocabulary adds, or computed from the vectors of the window's tokens where those are fewer.
 */
function readInputs(
  cell: Cell,
  parameters: Symbols,
  vectors: Tensor | undefined,
  ids: Tensor,
): Symbols {
  const tokens = elements(ids.shape);
  const ofTokens = vectors && columnsOf(vectors) > tokens ? gather(vectors, ids) : undefined;
  return Object.fromEntries(
    Object.entries(cell.gates).flatMap(([gate, own]) => {
      const named = (role: GateRole) =>
        Object.keys(own)
          .filter((parameter) => own[parameter] === role)
          .map((parameter) => `layer0.${gate}.${parameter}`);
      const bias = sum(named('bias').map((name) => symbol(parameters, name)));
      return named('input').map((name) => {
        const W = symbol(parameters, name);
        return [
          name,
          ofTokens ? affine(W, ofTokens, bias) : gather(onCharacters(vectors, W, bias), ids),
        ];
      });
    }),
  );
}

/** The names of symbols for others, in the same order. */
function renamed(symbols: Symbols, others: readonly Tensor[]): Symbols {
  return Object.fromEntries(
    Object.keys(symbols).flatMap((name, index) => {
      const other = others[index];
      return other ? [[name, other]] : [];
    }),
  );
}

function sums(factors: readonly Factors[], addends: readonly Tensor[]): Tensor {
  const c = sum(addends);
  if (factors.length > 0) return sumOfProducts(factors, c);
  if (c) return c;
  throw new TypeError('a gate needs a parameter');
}

function sum(tensors: readonly Tensor[]): Tensor | undefined {
  const [first, ...others] = tensors;
  return first && others.reduce((total, tensor) => add(total, tensor), first);
}

/** Tensors one after the other; one alone as it is. */
function joined(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  return first && tensors.length === 1 ? first : concat(tensors);
}

/**
 * The first layer's weights for a character's column x itself. Its vector is Eᵀ·x, and as x sums to 1,
 * W·(Eᵀ·x) + b = (W·Eᵀ + b)·x: that multiplies the V vectors of the vocabulary instead of those of all T·B
 * characters.
 */
function onCharacters(vectors: Tensor | undefined, W: Tensor, b: Tensor | undefined): Tensor {
  if (vectors) return affine(W, vectors, b);
  return b ? add(W, b) : W;
}

function characterVectors(config: NetworkConfig, parameters: Symbols): Tensor | undefined {
  return config.embedding === 'one-hot' ? undefined : transpose(symbol(parameters, 'embedding'));
}

function dense(parameters: Symbols, x: Tensor): Tensor {
  return affine(symbol(parameters, 'dense.W'), x, symbol(parameters, 'dense.b'));
}

function symbol(symbols: Symbols, name: string): Tensor {
  const tensor = symbols[name];
  if (!tensor) throw new TypeError(`the network has no "${name}"`);
  return tensor;
}
