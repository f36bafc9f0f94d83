import { input } from '../../graph/operations.ts';
import { inputs, singleStep } from '../../network/model.ts';
import { parameterShapes, parametersOf, stateShapes } from '../../network/parameters.ts';
import { tensorNames } from '../../network/training-graph.ts';
import type { States, StepOutput, Stepper, StepperSetup } from '../engine.ts';
import { readTensors, uploadArrays } from './arrays.ts';
import { toColumns, toRows, unitRows } from './columns.ts';
import { Interpreter } from './interpreter.ts';
import { mapValues, type TensorFlow, type Tensors } from './tensorflow.ts';

/**
 * Rows computed at once, however few there are: the order of a product's sums follows from the sizes of its factors,
 * so that with this one a row gets the same bits alone and among others.
 */
const width = 16;

/** Steps on all processors that TensorFlow has been given, whatever the setup's `threads`. */
export class TfjsStepper implements Stepper {
  readonly #tf: TensorFlow;
  readonly #setup: StepperSetup;
  readonly #interpreter: Interpreter;
  readonly #weights: Tensors;
  readonly #gates: readonly string[];

  constructor(tf: TensorFlow, setup: StepperSetup) {
    this.#tf = tf;
    this.#setup = setup;
    const { config, weights } = setup;
    const parameters = parameterShapes(config);
    const step = singleStep(
      config,
      inputs(parameters),
      inputs(stateShapes(config, width)),
      input(tensorNames.x, [config.vocabularySize, width]),
    );
    const states = Object.entries(step.states).map(([name, state]) => [
      tensorNames.next(name),
      state,
    ]);
    const gates = setup.gates ? step.gates : {};
    this.#gates = Object.keys(gates);
    this.#interpreter = new Interpreter(tf, {
      logits: step.logits,
      ...Object.fromEntries(states),
      ...gates,
    });
    const arrays = mapValues(parametersOf(config, weights), ({ data }) => data.slice());
    this.#weights = uploadArrays(tf, parameters, arrays);
  }

  async step(
    characters: Int32Array | Float32Array,
    states: States | undefined,
  ): Promise<StepOutput> {
    const { vocabularySize: V, hidden: H } = this.#setup.config;
    const weights = characters instanceof Int32Array ? unitRows(characters, V) : characters;
    const rows = weights.length / V;
    const names = stateShapes(this.#setup.config, rows).map(({ name }) => name);
    const zero = new Float32Array(rows * H);
    const parts = Array.from({ length: Math.ceil(rows / width) }, (_, part) => {
      const columns = (matrix: Float32Array, length: number) =>
        toColumns(matrix, length, part * width, width);
      return this.#stepColumns({
        [tensorNames.x]: columns(weights, V),
        ...Object.fromEntries(names.map((name) => [name, columns(states?.[name] ?? zero, H)])),
      });
    });
    const rowsOf = (name: string) =>
      toRows(
        parts.flatMap((part) => part[name] ?? []),
        rows,
        width,
      );
    return {
      logits: rowsOf('logits'),
      states: Object.fromEntries(names.map((name) => [name, rowsOf(tensorNames.next(name))])),
      gates: Object.fromEntries(this.#gates.map((name) => [name, rowsOf(name)])),
    };
  }

  async close(): Promise<void> {
    this.#tf.dispose(this.#weights);
  }

  /** The results of a step of `width` columns. */
  #stepColumns(
    columns: Readonly<Record<string, Float32Array>>,
  ): Readonly<Record<string, Float32Array>> {
    const given = mapValues(columns, (data, name) => this.#interpreter.tensor(name, data));
    try {
      return readTensors(this.#interpreter.run({ ...this.#weights, ...given }));
    } finally {
      this.#tf.dispose(given);
    }
  }
}
