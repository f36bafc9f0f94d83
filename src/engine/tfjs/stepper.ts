import { stateShapes } from '../../network/parameters.ts';
import type { States, StepOutput, Stepper, StepperSetup } from '../engine.ts';
import { blocksOf, blockTensors } from './blocks.ts';
import { cellOf } from './cells/cells.ts';
import { toColumns, toRows, unitRows } from './columns.ts';
import { kernelsOf } from './kernels.ts';
import { type Network, networkOf, runNetwork } from './network.ts';
import { stepLayer } from './recurrence.ts';
import { mapValues, named, type Tensor, type TensorFlow, type Tensors } from './tensorflow.ts';

/**
 * Rows computed at once, however few there are: the order of a product's sums follows from the sizes of its factors,
 * so that with this one a row gets the same bits alone and among others.
 */
const width = 16;

/** For every name [F, width]. */
type Columns = Readonly<Record<'output' | 'states' | 'gates', Record<string, Float32Array>>>;

/** Steps on all processors that TensorFlow has been given, whatever the setup's `threads`. */
export class TfjsStepper implements Stepper {
  readonly #tf: TensorFlow;
  readonly #setup: StepperSetup;
  readonly #network: Network;

  constructor(tf: TensorFlow, setup: StepperSetup) {
    this.#tf = tf;
    this.#setup = setup;
    const { config, weights } = setup;
    this.#network = tf.tidy(() =>
      networkOf(tf, config, blockTensors(tf, blocksOf(tf, config), weights)),
    );
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
      return this.#stepColumns(
        columns(weights, V),
        Object.fromEntries(names.map((name) => [name, columns(states?.[name] ?? zero, H)])),
      );
    });
    const rowsOf = (kind: keyof Columns) =>
      mapValues(parts[0]?.[kind] ?? {}, (_, name) =>
        toRows(
          parts.flatMap((part) => part[kind][name] ?? []),
          rows,
          width,
        ),
      );
    const { logits = new Float32Array() } = rowsOf('output');
    return { logits, states: rowsOf('states'), gates: rowsOf('gates') };
  }

  async close(): Promise<void> {
    this.#tf.dispose(this.#network);
  }

  /** A step of `width` rows, given as columns. */
  #stepColumns(characters: Float32Array, states: States): Columns {
    const tf = this.#tf;
    const { config, gates: wantsGates = false } = this.#setup;
    const tensor = (columns: Float32Array) => tf.tensor2d(columns, [columns.length / width, width]);
    const kernels = kernelsOf(tf);
    return tf.tidy(() => {
      const gates: Record<string, Tensor> = {};
      const run = runNetwork(
        tf,
        cellOf(tf, config.cell),
        this.#network,
        { characters: tensor(characters), states: mapValues(states, tensor), unroll: 1 },
        (window, layer) => {
          const step = stepLayer(kernels, window, window.input, window.before);
          if (wantsGates) {
            for (const [gate, value] of Object.entries(step.gates)) {
              gates[`layer${layer}.${gate}`] = value;
            }
          }
          return { hidden: named(step.states, 'hidden'), states: step.states };
        },
      );
      const read = (tensors: Tensors) => mapValues(tensors, (each) => each.dataSync<'float32'>());
      const output = { logits: tf.transpose(run.logits) };
      return { output: read(output), states: read(run.states), gates: read(gates) };
    });
  }
}
