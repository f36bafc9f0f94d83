import type { ElementType, Operation, Shape, Tensor } from './tensor.ts';

/** A value given from outside by name when the graph runs. */
export function input(name: string, shape: Shape, type: ElementType = 'float'): Tensor {
  return { operation: { kind: 'input', name }, inputs: [], shape, type };
}

/** A tensor of one number; of the shape [] where none is given. */
export function fill(value: number, like: Tensor, shape: Shape = []): Tensor {
  return { operation: { kind: 'fill', value }, inputs: [], shape, type: like.type };
}

/** a + b, the shapes broadcast. */
export const add = elementwise({ kind: 'add' }, (a, b) => a + b);
/** a − b, the shapes broadcast. */
export const subtract = elementwise({ kind: 'subtract' }, (a, b) => a - b);
/** a ∘ b, the shapes broadcast. */
export const multiply = elementwise({ kind: 'multiply' }, (a, b) => a * b);

/** 1 / (1 + e⁻ˣ) */
export const sigmoid = pointwise({ kind: 'sigmoid' });
/** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) */
export const tanh = pointwise({ kind: 'tanh' });
/** Shares that sum to 1 over the features: axis F of [F, B] or [T, F, B]. */
export const softmax = pointwise({ kind: 'softmax' });

/** k · x for a number k. */
export function scale(x: Tensor, k: number): Tensor {
  return multiply(x, fill(k, x));
}

/** 1 − x */
export function oneMinus(x: Tensor): Tensor {
  return subtract(fill(1, x), x);
}

/** [M, K] → [K, M] */
export function transpose(x: Tensor): Tensor {
  const [rows, columns] = matrix(x);
  return make({ kind: 'transpose' }, [x], [columns, rows]);
}

/** Tensors of one shape [.., F, B], the features of one after those of the other → [.., n·F, B] */
export function concat(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  if (!first) throw new TypeError('there is nothing to concatenate');
  for (const tensor of tensors) {
    if (!sameShape(tensor.shape, first.shape)) throw mismatch('concat', first, tensor);
  }
  return make({ kind: 'concat' }, tensors, withFeatures(first, featuresOf(first) * tensors.length));
}

/** The slice `index` of `count` equal ones of the features: [.., n·F, B] → [.., F, B] */
export function slice(x: Tensor, index: number, count: number): Tensor {
  const features = featuresOf(x);
  if (features % count !== 0 || !(index >= 0 && index < count)) {
    throw new TypeError(`there is no slice ${index} of ${count} of ${features} features`);
  }
  return make({ kind: 'slice', index, count }, [x], withFeatures(x, featuresOf(x) / count));
}

/** W·x, plus c where given: W [M, K], x [K, B] or [T, K, B], c broadcast to the result [M, B] or [T, M, B]. */
export function affine(W: Tensor, x: Tensor, c?: Tensor): Tensor {
  return sumOfProducts([[W, x]], c);
}

/** Σ Wₖ·xₖ, plus c where given: factors Wₖ [M, Kₖ] and xₖ [Kₖ, B] or [T, Kₖ, B] as for `affine`. */
export function sumOfProducts(factors: readonly Factors[], c?: Tensor): Tensor {
  const shapes = factors.map(([W, x]) => {
    const [rows, inner] = matrix(W);
    if (x.shape.at(-2) !== inner) throw mismatch('affine', W, x);
    return [...x.shape.slice(0, -2), rows, columnsOf(x)];
  });
  const [shape = []] = shapes;
  if (!shapes.every((each) => sameShape(each, shape))) throw mismatch('affine', ...factors.flat());
  return make(
    { kind: 'affine', products: factors.length },
    [...factors.flat(), ...(c ? [c] : [])],
    shape,
  );
}

/** The factors of a product W·x. */
export type Factors = readonly [W: Tensor, x: Tensor];

/** What an affine y is the sum of. @throws TypeError for any other */
export function addendsOf(y: Tensor): {
  readonly factors: readonly Factors[];
  readonly c?: Tensor;
} {
  if (y.operation.kind !== 'affine') throw new TypeError(`a ${y.operation.kind} has no addends`);
  const { products } = y.operation;
  const factors = Array.from(
    { length: products },
    (_, index): Factors => [operand(y, 2 * index), operand(y, 2 * index + 1)],
  );
  const c = y.inputs[2 * products];
  return c ? { factors, c } : { factors };
}

/** An input of y. @throws TypeError if it has none of that index */
export function operand(y: Tensor, index: number): Tensor {
  const tensor = y.inputs[index];
  if (!tensor) throw new TypeError(`a ${y.operation.kind} has no operand ${index}`);
  return tensor;
}

/**
 * Σₜ aₜ·xₜᵀ, plus c where given: a [T, M, B] and x [T, K, B], or both without T, and c [M, K] → [M, K].
 * One product over all T·B columns.
 */
export function outer(a: Tensor, x: Tensor, c?: Tensor): Tensor {
  if (columnsOf(a) !== columnsOf(x) || a.shape.length !== x.shape.length) {
    throw mismatch('outer', a, x);
  }
  const shape = [a.shape.at(-2) ?? 1, x.shape.at(-2) ?? 1];
  return make({ kind: 'outer' }, c ? [a, x, c] : [a, x], shape);
}

/** x summed over the axes that `shape`, aligned at the right, lacks or has as 1. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : make({ kind: 'sumTo' }, [x], shape);
}

/**
 * ids [B] → [V, B], each column the unit vector of its id. It is never computed: it can only be the second factor of a
 * product, which picks columns of the first. Any other use is a TypeError.
 */
export function oneHot(ids: Tensor, depth: number): Tensor {
  if (ids.type !== 'int64') throw new TypeError(`ids are int64, not ${ids.type}`);
  const shape = [depth, columnsOf(ids)];
  return { operation: { kind: 'oneHot' }, inputs: [ids], shape, type: 'float' };
}

/** Columns of a table [F, V] by ids [T, B] → [T, F, B]: its product with their unit vectors. */
export function gather(table: Tensor, ids: Tensor): Tensor {
  const [features] = matrix(table);
  const [steps, lanes] = idsOf(ids);
  return make({ kind: 'gather' }, [table, ids], [steps, features, lanes]);
}

/** Columns [T, F, B] summed by their ids [T, B], of `depth` different ones → [F, V]: the gradient of a gathered table. */
export function scatter(columns: Tensor, ids: Tensor, depth: number): Tensor {
  mustBeOfIds(columns, ids, 'scatter');
  return make({ kind: 'scatter' }, [columns, ids], [featuresOf(columns), depth]);
}

/** −log softmax(logits) [T, V, B] of the ids [T, B], in nats → [T, 1, B]. */
export function crossEntropy(logits: Tensor, ids: Tensor): Tensor {
  mustBeOfIds(logits, ids, 'crossEntropy');
  return make({ kind: 'crossEntropy' }, [logits, ids], oneFeature(logits));
}

/** Columns [T, V, B] less the unit vectors of their ids [T, B]. */
export function subtractUnits(columns: Tensor, ids: Tensor): Tensor {
  mustBeOfIds(columns, ids, 'subtractUnits');
  return make({ kind: 'subtractUnits' }, [columns, ids], columns.shape);
}

/** The mean of all elements → [] */
export function mean(x: Tensor): Tensor {
  return scale(sumTo(x, []), 1 / x.shape.reduce((product, size) => product * size, 1));
}

/** The shape of x with one feature in place of F. */
export function oneFeature(x: Tensor): Shape {
  return withFeatures(x, 1);
}

function withFeatures(x: Tensor, features: number): Shape {
  return [...x.shape.slice(0, -2), features, columnsOf(x)];
}

function featuresOf(x: Tensor): number {
  return x.shape.at(-2) ?? 1;
}

/** Whether two shapes have the same sizes. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** How many columns (lanes) a tensor [.., F, B] has. */
export function columnsOf(x: Tensor): number {
  return x.shape.at(-1) ?? 1;
}

/** A tensor of an operation; its type is that of the first input. @throws TypeError where a oneHot cannot be taken */
export function make(operation: Operation, inputs: readonly Tensor[], shape: Shape): Tensor {
  refuseOneHot(operation, inputs);
  const type = inputs[0]?.type ?? 'float';
  return { operation, inputs, shape, type };
}

function refuseOneHot(operation: Operation, inputs: readonly Tensor[]): void {
  const factors = operation.kind === 'affine' ? 2 * operation.products : 0;
  const wrong = inputs.some(
    (tensor, index) => tensor.operation.kind === 'oneHot' && !(index < factors && index % 2 === 1),
  );
  if (wrong)
    throw new TypeError(`a oneHot can only be multiplied by a matrix, not ${operation.kind}`);
}

/** Of two tensors that are one number all over, so is the result; one that changes no shape is taken as the number. */
function elementwise(
  operation: Operation,
  compute: (a: number, b: number) => number,
): (a: Tensor, b: Tensor) => Tensor {
  return (a, b) => {
    const shape = broadcast(operation, a, b);
    const [left, right] = [a.operation, b.operation];
    if (left.kind === 'fill' && right.kind === 'fill')
      return fill(compute(left.value, right.value), a, shape);
    const alone = (x: Tensor, other: Tensor) =>
      x.operation.kind === 'fill' && sameShape(other.shape, shape) ? fill(x.operation.value, x) : x;
    return make(operation, [alone(a, b), alone(b, a)], shape);
  };
}

function pointwise(operation: Operation): (x: Tensor) => Tensor {
  return (x) => make(operation, [x], x.shape);
}

function broadcast(operation: Operation, a: Tensor, b: Tensor): Shape {
  const rank = Math.max(a.shape.length, b.shape.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a.shape.at(axis - rank) ?? 1;
    const right = b.shape.at(axis - rank) ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw mismatch(operation.kind, a, b);
    return Math.max(left, right);
  });
}

/** [T, B] of ids. */
function idsOf(ids: Tensor): readonly [number, number] {
  if (ids.type !== 'int64') throw new TypeError(`ids are int64, not ${ids.type}`);
  return matrix(ids);
}

function mustBeOfIds(columns: Tensor, ids: Tensor, operation: string): void {
  const [steps, lanes] = idsOf(ids);
  if (!sameShape(columns.shape, [steps, featuresOf(columns), lanes]))
    throw mismatch(operation, columns, ids);
}

function matrix(x: Tensor): readonly [number, number] {
  const [rows, columns] = x.shape;
  if (x.shape.length !== 2 || rows === undefined || columns === undefined) {
    throw new TypeError(`expected a matrix, got the shape [${x.shape.join(', ')}]`);
  }
  return [rows, columns];
}

function mismatch(operation: string, ...tensors: readonly Tensor[]): TypeError {
  const shapes = tensors.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
  return new TypeError(`${operation} cannot take the shapes ${shapes}`);
}
