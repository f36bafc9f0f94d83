import { addendsOf, operand } from '../../graph/operations.ts';
import type { OperationKind, Shape, Tensor } from '../../graph/tensor.ts';
import { flat, withTime } from './layout.ts';
import type { Plan, Slot } from './plan.ts';

/** Where the operands' values are, and the plan that computes with them. */
export interface Scope {
  readonly plan: Plan;
  slotOf(tensor: Tensor): Slot;
}

/** Plans the kernel calls of an operation. */
type Operator = (y: Tensor, scope: Scope) => Slot;

/** Operations that are no kernels: see `interpreter.ts`. */
type Structural = 'input' | 'recurrence' | 'output';

/** Each operation by TensorFlow's kernels, on tensors that lie as `layout.ts` says. */
export const operators: Readonly<Record<Exclude<OperationKind, Structural>, Operator>> = {
  add: elementwise('Add'),
  subtract: elementwise('Sub'),
  multiply: elementwise('Multiply'),
  sigmoid: pointwise('Sigmoid'),
  tanh: pointwise('Tanh'),

  transpose: (y, { plan, slotOf }) => {
    const [x = 0] = y.inputs.map(slotOf);
    return first(
      plan.once(`transposed ${x}`, () => [plan.call('Transpose', { x }, { perm: [1, 0] })]),
    );
  },

  concat: (y, { plan, slotOf }) => plan.call('Concat', y.inputs.map(slotOf), { axis: 0 }),

  slice: (y, { plan, slotOf }) => {
    if (y.operation.kind !== 'slice') throw new TypeError(`${y.operation.kind} is no slice`);
    const { index, count } = y.operation;
    const [x = 0] = y.inputs.map(slotOf);
    const rows = Array.from({ length: count }, () => y.shape.at(-2) ?? 1);
    const slices = plan.once(`${count} slices of ${x}`, () =>
      plan.callAll('SplitV', { x }, { numOrSizeSplits: rows, axis: 0 }, count),
    );
    return slices[index] ?? 0;
  },

  affine: (y, { plan, slotOf }) => {
    const { factors, c } = addendsOf(y);
    const products = factors.map(([W, x]) => product(plan, slotOf(W), slotOf(x)));
    return sum(plan, c ? [...products, slotOf(c)] : products);
  },

  outer: (y, { plan, slotOf }) => {
    const [a = 0, b = 0, ...c] = y.inputs.map(slotOf);
    return sum(plan, [
      plan.call('BatchMatMul', { a, b }, { transposeA: false, transposeB: true }),
      ...c,
    ]);
  },

  sumTo: (y, { plan, slotOf }) => {
    const [x = y] = y.inputs;
    const to = withTime(y.shape);
    const axis = withTime(x.shape).flatMap((size, axis) => (size === to[axis] ? [] : [axis]));
    const apart = reshape(plan, slotOf(x), withTime(x.shape));
    return reshape(plan, plan.call('Sum', { x: apart }, { axis, keepDims: true }), flat(y.shape));
  },

  // The transpose of [B, V], as the kernel makes it.
  oneHot: (y, { plan, slotOf }) => {
    const [indices = 0] = y.inputs.map(slotOf);
    const [depth = 1] = y.shape;
    const rows = plan.call(
      'OneHot',
      { indices },
      { depth, onValue: 1, offValue: 0, dtype: 'float32' },
    );
    return plan.call('Transpose', { x: rows }, { perm: [1, 0] });
  },

  gather: (y, { plan, slotOf }) => {
    const [table = 0, ids = 0] = y.inputs.map(slotOf);
    const [, , lanes = 1] = y.shape;
    const indices = reshape(plan, ids, [(y.shape[0] ?? 1) * lanes]);
    return plan.call('GatherV2', { x: table, indices }, { axis: 1, batchDims: 0 });
  },

  scatter: (y, { plan, slotOf }) => {
    const [columns = 0] = y.inputs.map(slotOf);
    return product(plan, columns, unitRows(plan, slotOf(operand(y, 1)), operand(y, 1), y.shape[1]));
  },

  softmax: (y, { plan, slotOf }) => {
    const [x = 0] = y.inputs.map(slotOf);
    return plan.call('Exp', { x: logSoftmax(plan, x) });
  },

  crossEntropy: (y, { plan, slotOf }) => {
    const [logits, ids] = [operand(y, 0), operand(y, 1)];
    const a = logSoftmax(plan, slotOf(logits));
    const b = unitColumns(plan, slotOf(ids), ids, logits.shape[1]);
    const shares = plan.call('Multiply', { a, b });
    return plan.call('Neg', { x: plan.call('Sum', { x: shares }, overFeatures) });
  },

  subtractUnits: (y, { plan, slotOf }) => {
    const [x, ids] = [operand(y, 0), operand(y, 1)];
    const b = unitColumns(plan, slotOf(ids), ids, y.shape[1]);
    return plan.call('Sub', { a: slotOf(x), b });
  },

  fill: (y, { plan }) => {
    const value = y.operation.kind === 'fill' ? y.operation.value : 0;
    const shape = flat(y.shape);
    return first(
      plan.once(`${value} in [${shape}]`, () => [
        plan.call('Fill', {}, { shape, value, dtype: 'float32' }),
      ]),
    );
  },
};

/** The unit vectors of ids [T, B] among `depth` as rows [T·B, depth]. */
function unitRows(plan: Plan, slot: Slot, ids: Tensor, depth = 1): Slot {
  return first(
    plan.once(`${depth} unit rows of ${slot}`, () => {
      const indices = reshape(plan, slot, [ids.shape.reduce((a, b) => a * b, 1)]);
      const attributes = { depth, onValue: 1, offValue: 0, dtype: 'float32' };
      return [plan.call('OneHot', { indices }, attributes)];
    }),
  );
}

/** Likewise as columns [depth, T·B]. */
function unitColumns(plan: Plan, slot: Slot, ids: Tensor, depth: number | undefined): Slot {
  const x = unitRows(plan, slot, ids, depth);
  return first(
    plan.once(`columns of ${x}`, () => [plan.call('Transpose', { x }, { perm: [1, 0] })]),
  );
}

const overFeatures = { axis: [0], keepDims: true };

/** Of the columns of x [V, N]; the loss and its gradient share it. */
function logSoftmax(plan: Plan, x: Slot): Slot {
  return first(
    plan.once(`log softmax of ${x}`, () => {
      const largest = plan.call('Max', { x }, { reductionIndices: [0], keepDims: true });
      const below = plan.call('Sub', { a: x, b: largest });
      const sums = plan.call('Sum', { x: plan.call('Exp', { x: below }) }, overFeatures);
      return [plan.call('Sub', { a: below, b: plan.call('Log', { x: sums }) })];
    }),
  );
}

function product(plan: Plan, a: Slot, b: Slot): Slot {
  return plan.call('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
}

function sum(plan: Plan, addends: readonly Slot[]): Slot {
  return addends.reduce((a, b) => plan.call('Add', { a, b }));
}

function reshape(plan: Plan, x: Slot, shape: readonly number[]): Slot {
  return plan.call('Reshape', { x }, { shape });
}

function pointwise(kernel: string): Operator {
  return (y, { plan, slotOf }) => plan.call(kernel, { x: slotOf(y.inputs[0] ?? y) });
}

function elementwise(kernel: string): Operator {
  return (y, { plan, slotOf }) => {
    const [a = y, b = y] = y.inputs;
    if (areAlike(a.shape, b.shape)) return plan.call(kernel, { a: slotOf(a), b: slotOf(b) });
    const apart = (x: Tensor) => reshape(plan, slotOf(x), withTime(x.shape));
    return reshape(plan, plan.call(kernel, { a: apart(a), b: apart(b) }), flat(y.shape));
  };
}

/** Whether two shapes broadcast as they lie, [F, T·B]: not where one of them has to be repeated for each step or lane. */
function areAlike(a: Shape, b: Shape): boolean {
  const [[, T, B], [, otherT, otherB]] = [withTime(a), withTime(b)];
  return T * B === 1 || otherT * otherB === 1 || (T === otherT && B === otherB);
}

function first(slots: readonly Slot[]): Slot {
  return slots[0] ?? 0;
}
