import { BadInput } from '../errors.ts';
import { type CellName, cellNamed, cellNames, cells } from './cells/cells.ts';
import { type NamedArray, type NamedArrays, type NetworkConfig, networkSchema } from './config.ts';
import { elements, parameterShapes, parametersOf } from './parameters.ts';

// A network as PyTorch names it: the modules `embedding` (nn.Embedding), `rnn` (nn.LSTM, nn.RNN) and `linear`
// (nn.Linear). `rnn.weight_ih_l0` [G·H, X] is the W of a layer's G gates one below the other, `rnn.weight_hh_l0`
// [G·H, H] their R; an LSTM's gates come in the order i, f, g, o, as ours do. PyTorch adds up two biases [G·H],
// `rnn.bias_ih_l0` and `rnn.bias_hh_l0`: the first is ours and the second zero, or ours is their sum. The arrays do not
// tell an nn.RNN's nonlinearity: tanh is taken for granted.

/** The parameters of a network under PyTorch's names, in its layouts. @throws TypeError if one is missing */
export function toPytorch(config: NetworkConfig, weights: NamedArrays): NamedArrays {
  const ours = parametersOf(config, weights);
  return Object.fromEntries(
    stacks(config).map(({ name, shape, parameters, added }) => {
      const data = new Float32Array(elements(shape));
      let end = 0;
      for (const parameter of added ? [] : parameters) {
        const part = ours[parameter]?.data ?? [];
        data.set(part, end);
        end += part.length;
      }
      return [name, { shape, data }];
    }),
  );
}

/** The network whose parameters have these names and shapes. @throws BadInput if there is none */
export function fromPytorch(arrays: NamedArrays): {
  readonly config: NetworkConfig;
  readonly weights: NamedArrays;
} {
  refusePrefix(Object.keys(arrays));
  const config = configOf(arrays);
  const weights = new Map<string, Float32Array>();
  const expected = stacks(config);
  for (const { name, shape, parameters, added } of expected) {
    const { data } = arrayOf(arrays, name, shape);
    const length = data.length / parameters.length;
    for (const [place, parameter] of parameters.entries()) {
      const part = data.slice(place * length, (place + 1) * length);
      const first = added ? weights.get(parameter) : undefined;
      const whole = first ? first.map((value, at) => value + (part[at] ?? 0)) : part;
      if (first && !whole.every(Number.isFinite)) {
        throw new BadInput(
          `"${name}" and the other bias of its layer add up to more than single precision holds.`,
          'Save it from a step before the training diverged.',
        );
      }
      weights.set(parameter, whole);
    }
  }
  const names = new Set(expected.map(({ name }) => name));
  const unknown = Object.keys(arrays).find((name) => !names.has(name));
  if (unknown === undefined) {
    const named = parameterShapes(config).map(({ name, shape }): [string, NamedArray] => [
      name,
      { shape, data: weights.get(name) ?? new Float32Array(elements(shape)) },
    ]);
    return { config, weights: Object.fromEntries(named) };
  }
  throw new BadInput(
    `The file has an array "${unknown}", which no network of Escriba has.`,
    'Leave out what is not of the network; one that is bidirectional or has projections cannot be taken.',
  );
}

/** Wrappers of PyTorch put their own name before those of the module. */
const wrappers: Readonly<Record<string, string>> = {
  'module.': 'nn.DataParallel',
  '_orig_mod.': 'torch.compile',
};

function refusePrefix(names: readonly string[]): void {
  for (const [prefix, wrapper] of Object.entries(wrappers)) {
    if (names.length === 0 || !names.every((name) => name.startsWith(prefix))) continue;
    throw new BadInput(
      `The file's arrays are named "${prefix}…", as ${wrapper} names them.`,
      `Save them in Python as {name.removeprefix("${prefix}"): array for name, array in model.state_dict().items()}.`,
    );
  }
}

/** An array of PyTorch's: parameters of ours one below the other. */
interface Stack {
  readonly name: string;
  readonly shape: readonly number[];
  readonly parameters: readonly string[];
  /** Whether it is added to another array of the same parameters, and zero where ours are written. */
  readonly added?: boolean;
}

function stacks(config: NetworkConfig): Stack[] {
  const { vocabularySize: V, hidden: H, embedding } = config;
  const layers = Array.from({ length: config.layers }, (_, layer) => layerStacks(config, layer));
  const table: Stack[] =
    embedding === 'one-hot'
      ? []
      : [{ name: 'embedding.weight', shape: [V, embedding], parameters: ['embedding'] }];
  return [
    ...table,
    ...layers.flat(),
    { name: 'linear.weight', shape: [V, H], parameters: ['dense.W'] },
    { name: 'linear.bias', shape: [V], parameters: ['dense.b'] },
  ];
}

/** What PyTorch calls the usual parameters of a gate; a cell's further ones keep their names. */
const fileNames: Readonly<Record<string, string>> = {
  W: 'weight_ih',
  R: 'weight_hh',
  b: 'bias_ih',
};

function layerStacks(
  { cell, vocabularySize: V, hidden: H, embedding }: NetworkConfig,
  layer: number,
): Stack[] {
  const { gates, module } = cellNamed(cell);
  const X = layer > 0 ? H : embedding === 'one-hot' ? V : embedding;
  const columns = { input: [X], recurrent: [H], elementwise: [], bias: [] } as const;
  const roles = new Map(Object.values(gates).flatMap((own) => Object.entries(own)));
  const hasTwoBiases = [...roles.values()].includes('recurrent');
  return [...roles].flatMap(([parameter, role]): Stack[] => {
    const owners = Object.keys(gates).filter((gate) => gates[gate]?.[parameter]);
    const stack = {
      shape: [owners.length * H, ...columns[role]],
      parameters: owners.map((gate) => `layer${layer}.${gate}.${parameter}`),
    };
    const name = `${module}.${fileNames[parameter] ?? parameter}_l${layer}`;
    if (role !== 'bias' || !hasTwoBiases) return [{ name, ...stack }];
    return [
      { name, ...stack },
      { name: `${module}.bias_hh_l${layer}`, ...stack, added: true },
    ];
  });
}

/** What the shapes say; whether all of them agree is seen as they are read. */
function configOf(arrays: NamedArrays): NetworkConfig {
  const [vocabularySize, hidden] = matrixShape(arrays, 'linear.weight');
  const cell = cellIn(arrays, hidden);
  const marked = (layer: number) => arrays[`${markOf(cell)}_l${layer}`] !== undefined;
  let layers = 1;
  while (marked(layers)) layers++;
  const embedding = arrays['embedding.weight']
    ? matrixShape(arrays, 'embedding.weight')[1]
    : 'one-hot';
  const shape = { vocabularySize, embedding, hidden, layers };
  const fitting = networkSchema.unwrap().omit({ cell: true }).safeParse(shape);
  if (!fitting.success) {
    throw new BadInput(
      `The network has ${layers} layers of length ${hidden}, ${vocabularySize} characters and the embedding ${embedding}.`,
      'Take one of 1 to 4 layers, of length 8 to 2,048, of 2 or more characters, with an embedding of 1 to 2,048.',
    );
  }
  return { cell, ...fitting.data };
}

/** The matrix by whose rows cells of one module are distinguished: each has H for every gate. */
function markOf(name: CellName): string {
  const { module, gates } = cellNamed(name);
  const isRecurrent = Object.values(gates).some(({ R }) => R !== undefined);
  return `${module}.${isRecurrent ? 'weight_hh' : 'weight_ih'}`;
}

function cellIn(arrays: NamedArrays, hidden: number): CellName {
  const present = cellNames.filter((name) => arrays[`${markOf(name)}_l0`]);
  const [mark] = present.map(markOf);
  if (mark === undefined) throw new BadInput(`The file has no array "rnn.weight_hh_l0".`, remedy);
  const gates = matrixShape(arrays, `${mark}_l0`)[0] / hidden;
  const cell = present.find((name) => Object.keys(cells[name].gates).length === gates);
  if (cell) return cell;
  if (gates === 3) {
    throw new BadInput(
      "The file holds a GRU of PyTorch's, which resets the hidden state after its product; Escriba's resets it before.",
      'Take an nn.LSTM or nn.RNN from PyTorch, or train the GRU here.',
    );
  }
  throw new BadInput(
    `"${mark}_l0" has ${gates} rows for each of "linear.weight"'s columns.`,
    'Take an nn.LSTM, which has 4, or an nn.RNN, which has 1, whose output goes straight into nn.Linear.',
  );
}

function matrixShape(arrays: NamedArrays, name: string): readonly [number, number] {
  const { shape } = arrayOf(arrays, name);
  const [rows, columns] = shape;
  if (shape.length === 2 && rows && columns) return [rows, columns];
  throw new BadInput(
    `"${name}" has the shape [${shape.join(', ')}], not that of a matrix.`,
    remedy,
  );
}

function arrayOf(arrays: NamedArrays, name: string, expected?: readonly number[]): NamedArray {
  const array = arrays[name];
  if (!array) throw new BadInput(`The file has no array "${name}".`, remedy);
  const [is, should] = [array.shape, expected ?? array.shape].map(
    (shape) => `[${shape.join(', ')}]`,
  );
  if (is === should) return array;
  throw new BadInput(
    `"${name}" has the shape ${is}; by the other arrays it should be ${should}.`,
    remedy,
  );
}

const remedy =
  'Save the state of a module with nn.Embedding as `embedding` (none for one-hot), nn.LSTM or nn.RNN as `rnn`, and nn.Linear as `linear`.';
