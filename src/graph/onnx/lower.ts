import { bodyOf, inOrder, type Loop, type Shape, type Tensor } from '../tensor.ts';
import { joinSteps, nameResult, splitSteps } from './layouts.ts';
import { type OnnxValue, onnxFile } from './model-file.ts';
import { operators } from './operators.ts';
import { type Matrix, quantize, scalesOf } from './quantize.ts';
import { Scope, type Target } from './scope.ts';

/**
 * The `.onnx` file that computes `results` (by the names of its outputs). Its inputs are the tensors made by
 * `input` that the results depend on, under their own names.
 */
export function toOnnx(
  results: Readonly<Record<string, Tensor>>,
  target: Target = 'processor',
): Uint8Array {
  const scope = new Scope('columns', { target });
  const inputs: OnnxValue[] = [];
  for (const tensor of inOrder(Object.values(results))) {
    if (tensor.operation.kind === 'input') {
      const { name } = tensor.operation;
      scope.name(tensor, name);
      inputs.push({ name, type: tensor.type, shape: tensor.shape });
    } else {
      lower(tensor, scope);
    }
  }
  return finish(scope, inputs, results, (tensor) => tensor.shape);
}

/**
 * The `.onnx` file of a graph without loops for any number of lanes, each a row: an input or result [F, B] is
 * [rows, F] in the file, and ids [B] are [rows]. What `constants` names lies in the file; those of them that `quantized`
 * names, in eight bits: they only ever multiply columns between -1 and 1, and by Microsoft's operator, which not every
 * runtime has.
 */
export function toOnnxByRows(
  results: Readonly<Record<string, Tensor>>,
  constants: Readonly<Record<string, Matrix>>,
  quantized: readonly string[] = [],
): Uint8Array {
  const scope = new Scope('rows');
  const byRows = ({ shape }: Tensor) => ['rows', ...shape.slice(0, -1)];
  const inputs: OnnxValue[] = [];
  for (const tensor of inOrder(Object.values(results))) {
    if (tensor.operation.kind !== 'input') {
      lower(tensor, scope);
      continue;
    }
    const { name } = tensor.operation;
    const constant = constants[name];
    scope.name(tensor, name);
    if (constant && quantized.includes(name)) addQuantized(name, constant, scope);
    else if (constant) addTransposed(name, constant, scope);
    else inputs.push({ name, type: tensor.type, shape: byRows(tensor) });
  }
  return finish(scope, inputs, results, byRows);
}

function finish(
  scope: Scope,
  inputs: readonly OnnxValue[],
  results: Readonly<Record<string, Tensor>>,
  shapeOf: (tensor: Tensor) => readonly (number | string)[],
): Uint8Array {
  const outputs = Object.entries(results).map(([name, tensor]) => {
    scope.emit('Identity', [scope.nameOf(tensor)], {}, name);
    return { name, type: tensor.type, shape: shapeOf(tensor) };
  });
  return onnxFile(scope.graph(inputs, outputs));
}

function addTransposed(name: string, { shape, data }: Matrix, scope: Scope): void {
  const values = transposed(shape, data, new Float32Array(data.length));
  scope.addConstant({ name, type: 'float', shape: shape.toReversed(), values });
}

/**
 * A step for one row is bound by how fast the weights come from memory, and these are a quarter of the bytes; one for
 * many rows, by how fast they are multiplied, and processors multiply more numbers at a time the fewer bits they have.
 */
function addQuantized(name: string, matrix: Matrix, scope: Scope): void {
  const { shape, values: rows, scales } = quantize(matrix);
  const values = transposed(shape, rows, new Int8Array(rows.length));
  scope.addConstant({ name, type: 'int8', shape: shape.toReversed(), values });
  scope.addConstant({
    name: scalesOf(name),
    type: 'float',
    shape: [scales.length],
    values: scales,
  });
  scope.markQuantized(name);
}

/** Fills `values` with the elements of a matrix, column by column. */
function transposed<Values extends Float32Array | Int8Array>(
  [rows = 1, columns = 1]: Shape,
  data: Values,
  values: Values,
): Values {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[column * rows + row] = data[row * columns + column] ?? 0;
    }
  }
  return values;
}

function lower(tensor: Tensor, scope: Scope): void {
  const { operation } = tensor;
  switch (operation.kind) {
    case 'input':
      throw new TypeError(`"${operation.name}" is used outside the loop that gives it`);
    case 'recurrence':
      if (scope.target === 'card') lowerSteps(tensor, operation.loop, scope);
      else lowerLoop(tensor, operation.loop, scope);
      break;
    case 'output': {
      // The steps of an unrolled loop have their names already.
      if (scope.stepsOf(tensor)) break;
      const [loop] = tensor.inputs;
      if (loop) scope.name(tensor, scope.outputOf(loop, operation.index));
      break;
    }
    default:
      nameResult(tensor, operators[operation.kind](tensor, scope), scope);
  }
}

/** A loop is a Scan: it reads its sequences step by step in place, and writes its results in place. */
function lowerLoop(node: Tensor, loop: Loop, scope: Scope): void {
  scope.mustBeByColumns('a loop');
  const body = new Scope(scope.layout, { outer: scope });
  const given = [...loop.states.map((state) => state.inside), ...loop.given];
  const inputs = given.map((tensor) => {
    const name = body.fresh();
    body.name(tensor, name);
    return { name, type: tensor.type, shape: tensor.shape };
  });
  for (const tensor of bodyOf(loop)) if (!given.includes(tensor)) lower(tensor, body);
  const results = [
    ...loop.states.map((state) => state.next),
    ...loop.collected.map((each) => each.inside),
  ];
  const named = new Set<string>(inputs.map((value) => value.name));
  const outputs = results.map((tensor) => {
    const own = body.has(tensor) && !named.has(body.nameOf(tensor));
    const name = own ? body.nameOf(tensor) : body.emit('Identity', [body.nameOf(tensor)]);
    named.add(name);
    return { name, type: tensor.type, shape: tensor.shape };
  });
  const collected = loop.collected.map(() => (loop.backwards ? 1 : 0));
  const outputNames = results.map(() => scope.fresh());
  scope.emitNode({
    operator: 'Scan',
    inputs: node.inputs.map((tensor) => scope.nameOf(tensor)),
    outputs: outputNames,
    attributes: {
      num_scan_inputs: loop.given.length,
      body: body.graph(inputs, outputs),
      scan_input_directions: loop.given.map(() => (loop.backwards ? 1 : 0)),
      scan_output_directions: collected,
    },
  });
  scope.nameOutputs(node, outputNames);
}

/** The loop unrolled: the nodes of every step after those of the step before. */
function lowerSteps(node: Tensor, loop: Loop, scope: Scope): void {
  scope.mustBeByColumns('a loop');
  const { steps, states, given, collected } = loop;
  const sequences = node.inputs
    .slice(states.length)
    .map((sequence) => scope.stepsOf(sequence) ?? splitSteps(sequence, scope));
  const kept = collected.map((): string[] => []);
  const symbols = new Set([...states.map(({ inside }) => inside), ...given]);
  const operations = bodyOf(loop).filter((tensor) => !symbols.has(tensor));
  let before = node.inputs.slice(0, states.length).map((state) => scope.nameOf(state));
  for (let passed = 0; passed < steps; passed++) {
    const step = loop.backwards ? steps - 1 - passed : passed;
    const body = new Scope(scope.layout, { outer: scope, inline: true });
    for (const [index, { inside }] of states.entries()) body.name(inside, before[index] ?? '');
    for (const [index, tensor] of given.entries())
      body.name(tensor, sequences[index]?.[step] ?? '');
    for (const tensor of operations) lower(tensor, body);
    before = states.map(({ next }) => body.nameOf(next));
    collected.forEach(({ inside }, index) => {
      const names = kept[index];
      if (names) names[step] = body.nameOf(inside);
    });
  }
  scope.nameOutputs(node, before);
  collected.forEach(({ sequence }, index) => {
    const names = kept[index] ?? [];
    scope.nameSteps(sequence, names, () => joinSteps(names, sequence.shape, scope));
  });
}
