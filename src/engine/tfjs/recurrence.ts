import type { CellStep } from './cells/cell.ts';
import { type Kernels, kernelsOf } from './kernels.ts';
import type { LayerResult, LayerWindow } from './network.ts';
import { mapValues, named, type Tensor, type TensorFlow, type Tensors } from './tensorflow.ts';

/** One step of a layer: what its products multiplied, [H + X, B] of each operand, and what its cell gives. */
export function stepLayer(
  kernels: Kernels,
  { cell, weights }: Pick<LayerWindow, 'cell' | 'weights'>,
  input: Tensor,
  before: Tensors,
): CellStep<string, string> & { readonly columns: Tensors } {
  const columns: Record<string, Tensor> = {};
  const step = cell.step((operand, vector) => {
    const column = kernels.stack([vector, input]);
    columns[operand] = column;
    return kernels.matMul(named(weights, operand), column);
  }, before);
  return { ...step, columns };
}

/**
 * Steps whose factors are made at once. With more of them, what they are made of would no longer lie in the processor's
 * own memory.
 */
const together = 8;

/** Runs a layer without learning. */
export function recurrence(tf: TensorFlow, window: LayerWindow): LayerResult {
  const kernels = kernelsOf(tf);
  let states = window.before;
  const hidden = tf.split(window.input, window.unroll, 1).map((input) => {
    states = tf.tidy(() => stepLayer(kernels, window, input, states).states);
    return named(states, 'hidden');
  });
  return { hidden: tf.concat(hidden, 1), states };
}

/**
 * Runs a layer with its cell's own derivative as the gradient of the weights, and of the input of all layers but the
 * first. The states after the window have none, as truncated backpropagation wants it; they outlive the tidying
 * around, and whoever takes them disposes of them.
 */
export function learningRecurrence(
  tf: TensorFlow,
  window: LayerWindow,
  { isFirst }: { readonly isFirst: boolean },
): LayerResult {
  const kernels = kernelsOf(tf);
  const { weights, input, unroll } = window;
  let states = window.before;
  const run = tf.customGrad(() => {
    const inputs = tf.split(input, unroll, 1);
    const groups = Array.from({ length: Math.ceil(unroll / together) }, (_, group) =>
      tf.tidy(() => {
        const steps = inputs.slice(group * together, (group + 1) * together).map((column) => {
          const { states: after, columns, kept } = stepLayer(kernels, window, column, states);
          states = after;
          return { states: after, columns, kept };
        });
        const factors = window.cell.factors(steps.map(({ kept }) => kept));
        return steps.map(({ states: after, columns }, t) => ({
          states: after,
          columns,
          factors: factors[t] ?? {},
        }));
      }),
    );
    const steps = groups.flat();
    for (const state of Object.values(states)) tf.keep(state);
    const derivative = {
      // A product that transposes as it goes is slower, by much where it has few columns.
      transposed: mapValues(weights, (all) => tf.transpose(all)),
      columns: mapValues(weights, (_, operand) =>
        tf.concat(
          steps.map(({ columns }) => named(columns, operand)),
          1,
        ),
      ),
      factors: steps.map(({ factors }) => factors),
    };
    // What the gradient needs must outlive the tidying after this function.
    for (const tensors of [derivative.transposed, derivative.columns, ...derivative.factors]) {
      for (const tensor of Object.values(tensors)) tf.keep(tensor);
    }
    return {
      value: tf.concat(
        steps.map((step) => named(step.states, 'hidden')),
        1,
      ),
      gradFunc: (gradient: Tensor) => {
        const gradients = tf.tidy(() => backward(tf, window, derivative, gradient, isFirst));
        tf.dispose(derivative);
        return gradients;
      },
    };
  });
  return { hidden: run(...(isFirst ? [] : [input]), ...Object.values(weights)), states };
}

/** What the gradient needs of a window. */
type Derivative = {
  /** The weights of each operand, [H + X, its gates·H]. */
  readonly transposed: Tensors;
  /** What they multiplied [H + X, T·B]. */
  readonly columns: Tensors;
  /** The cell's factors of each step. */
  readonly factors: Tensors[];
};

/** From the gradient of the hidden states [H, T·B] those of the input, unless it is the first, and of all weights. */
function backward(
  tf: TensorFlow,
  { cell, before, unroll }: LayerWindow,
  { transposed, columns, factors }: Derivative,
  hidden: Tensor,
  isFirst: boolean,
): Tensor[] {
  const kernels = kernelsOf(tf);
  const [H = 0] = hidden.shape;
  const Rt = mapValues(transposed, (all) => tf.slice(all, 0, H));
  let after = mapValues(before, (state) => tf.zerosLike(state));
  const steps: Tensors[] = [];
  for (const [t, column] of [...tf.split(hidden, unroll, 1).entries()].reverse()) {
    const step = tf.tidy(() =>
      cell.backward(Rt, factors[t] ?? {}, {
        ...after,
        hidden: kernels.add(named(after, 'hidden'), column),
      }),
    );
    tf.dispose(after);
    after = step.before;
    steps.unshift(step.sums);
  }
  const sums = mapValues(transposed, (_, operand) =>
    tf.concat(
      steps.map((step) => named(step, operand)),
      1,
    ),
  );
  // ∂/∂(R, W, b) = Σₜ δsumsₜ·columnₜᵀ, in one product
  const ofWeights = Object.entries(columns).map(([operand, all]) =>
    tf.matMul(named(sums, operand), all, false, true),
  );
  if (isFirst) return ofWeights;
  // δinput = Σ Wᵀ·δsums
  const ofInput = Object.entries(transposed).map(([operand, all]) =>
    tf.matMul(tf.slice(all, H), named(sums, operand)),
  );
  return [tf.addN(ofInput), ...ofWeights];
}
