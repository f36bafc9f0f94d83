import type { LayerResult, LayerWindow } from './network.ts';
import { at, mapValues, named, type Tensor, type TensorFlow, type Tensors } from './tensorflow.ts';

/** Runs a layer without learning. */
export function recurrence(
  tf: TensorFlow,
  { cell, R, x, before, unroll }: LayerWindow,
): LayerResult {
  let states = before;
  const hidden = tf.split(x, unroll, 1).map((column) => {
    states = tf.tidy(() => cell.step(R, column, states).states);
    return named(states, 'hidden');
  });
  return { hidden: tf.concat(hidden, 1), states };
}

/**
 * Runs a layer with its cell's own derivative as the gradient of x and R. The states after the window have none, as
 * truncated backpropagation wants it; they outlive the tidying around, and whoever takes them disposes of them.
 */
export function learningRecurrence(tf: TensorFlow, window: LayerWindow): LayerResult {
  const { cell, R, x, unroll } = window;
  let states = window.before;
  const run = tf.customGrad(() => {
    const steps = tf.split(x, unroll, 1).map((column) => {
      const step = tf.tidy(() => cell.step(R, column, states));
      states = step.states;
      return step;
    });
    for (const state of Object.values(states)) tf.keep(state);
    const columns = (kind: 'states' | 'operands', name: string) =>
      tf.concat(
        steps.map((step) => named(step[kind], name)),
        1,
      );
    const keptOf = (name: string) => tf.stack(steps.map(({ kept }) => named(kept, name)));
    const derivative = {
      operands: mapValues(R, (_, name) => columns('operands', name)),
      factors: cell.factors(mapValues(steps[0]?.kept ?? {}, (_, name) => keptOf(name))),
    };
    // What the gradient needs must outlive the tidying after this function.
    for (const tensors of Object.values(derivative)) mapValues(tensors, (each) => tf.keep(each));
    return {
      value: columns('states', 'hidden'),
      gradFunc: (gradient: Tensor) => {
        const gradients = tf.tidy(() => backward(tf, window, derivative, gradient));
        tf.dispose(derivative);
        return gradients;
      },
    };
  });
  return { hidden: run(x, ...Object.values(R)), states };
}

/**
 * What the gradient needs of a window: of each operand all columns [H, T·B], and the cell's factors [T, ..., B].
 */
type Derivative = { readonly operands: Tensors; readonly factors: Tensors };

/** From the gradient of the hidden states [H, T·B] those of x and of every R. */
function backward(
  tf: TensorFlow,
  { cell, R, before, unroll }: LayerWindow,
  { operands, factors }: Derivative,
  hidden: Tensor,
): Tensor[] {
  // A product that transposes as it goes is slower, by much where it has few columns.
  const Rt = mapValues(R, (weights) => tf.transpose(weights));
  const factorsOfSteps = mapValues(factors, (factor) => tf.unstack(factor));
  let after = mapValues(before, (state) => tf.zerosLike(state));
  const columns: Tensor[] = [];
  for (const [t, column] of [...tf.split(hidden, unroll, 1).entries()].reverse()) {
    const step = tf.tidy(() =>
      cell.backward(
        Rt,
        mapValues(factorsOfSteps, (steps) => at(steps, t)),
        { ...after, hidden: tf.add(named(after, 'hidden'), column) },
      ),
    );
    tf.dispose(after);
    after = step.before;
    columns.unshift(step.x);
  }
  const x = tf.concat(columns, 1);
  // ∂/∂R = Σₜ δxₜ·operandₜᵀ, in one product
  const rows = tf.split(
    x,
    Object.values(R).map(({ shape: [height = 0] }) => height),
    0,
  );
  const ofR = Object.keys(R).map((name, index) =>
    tf.matMul(at(rows, index), named(operands, name), false, true),
  );
  return [x, ...ofR];
}
