import type { NamedArray, NamedArrays } from '../../network/config.ts';
import {
  clipping,
  copyTrainableArrays,
  optimizer,
  optimizerMemory,
  parameterState,
  stepScalars,
  trainableArrays,
} from '../../network/optimizer.ts';
import { maskShapes, parameterShapes, stateShapes } from '../../network/parameters.ts';
import { gradientGraph, tensorNames } from '../../network/training-graph.ts';
import type {
  StepOptions,
  StepResult,
  Trainer,
  TrainerSetup,
  Window,
  WindowMasks,
} from '../engine.ts';
import { initialStates, nextStates, readTensors, uploadArrays } from './arrays.ts';
import { Interpreter } from './interpreter.ts';
import type { TensorFlow, Tensors } from './tensorflow.ts';

/** Trains on all processors that TensorFlow has been given, whatever the setup's `threads`. */
export class TfjsTrainer implements Trainer {
  readonly #tf: TensorFlow;
  readonly #setup: TrainerSetup;
  readonly #interpreter: Interpreter;
  /** Parameters, `m.…`, `v.…` and `average.…`. */
  readonly #trainable: Readonly<Record<string, Float32Array>>;
  readonly #optimizer = optimizer(optimizerMemory(1), 0);
  /** The parameters, as they are between two steps. */
  #weights: Tensors;
  /** [H, B] */
  #states: Readonly<Record<string, Float32Array>>;

  /** @throws TypeError if the state lacks anything but hidden states, which then are zero. */
  constructor(tf: TensorFlow, setup: TrainerSetup, state: NamedArrays) {
    this.#tf = tf;
    this.#setup = setup;
    this.#interpreter = new Interpreter(tf, gradientGraph({ ...setup, lanes: setup.batch }));
    this.#trainable = copyTrainableArrays(setup, state, (data) => data.slice());
    this.#weights = this.#upload();
    this.#states = initialStates(setup.config, setup.batch, state);
  }

  async step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult> {
    const { config, batch } = this.#setup;
    if (options.resetState) this.#states = initialStates(config, batch);
    const results = this.#run(window, masks);
    this.#states = nextStates(stateShapes(config, batch), results);
    const [loss = Number.NaN] = results.loss ?? [];
    // Skip gradients that are not finite, so that the weights stay inspectable.
    const gradientNorm = Number.isFinite(loss) ? this.#update(results, options) : Number.NaN;
    return { loss, gradientNorm };
  }

  async gradients(
    window: Window,
    masks: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }> {
    const results = this.#run(window, masks);
    const gradients = parameterShapes(this.#setup.config).map(({ name, shape }) => [
      name,
      { shape, data: gradientOf(results, name) },
    ]);
    const [loss = Number.NaN] = results.loss ?? [];
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  async state(): Promise<NamedArrays> {
    const { config, batch } = this.#setup;
    const arrays = { ...this.#trainable, ...this.#states };
    const shapes = [...trainableArrays(this.#setup), ...stateShapes(config, batch)];
    return Object.fromEntries(
      shapes.map(({ name, shape }): [string, NamedArray] => [
        name,
        { shape, data: Float32Array.from(arrays[name] ?? []) },
      ]),
    );
  }

  async close(): Promise<void> {
    this.#tf.dispose(this.#weights);
  }

  /** The results of a window's graph, from the present weights and states. */
  #run(window: Window, masks: WindowMasks): Readonly<Record<string, Float32Array>> {
    const [tf, { config, batch, dropout }] = [this.#tf, this.#setup];
    const shapes = maskShapes(config, dropout, batch);
    const given: Record<string, Tensors[string]> = {
      [tensorNames.ids]: this.#interpreter.tensor(tensorNames.ids, window.inputs),
      [tensorNames.targets]: this.#interpreter.tensor(tensorNames.targets, window.targets),
      ...uploadArrays(tf, stateShapes(config, batch), this.#states),
    };
    for (const { name } of shapes.recurrent) {
      const input = tensorNames.weightMask(name);
      given[input] = this.#interpreter.tensor(input, maskOf(masks.recurrent[name]));
    }
    for (const layer of shapes.layers.keys()) {
      const input = tensorNames.outputMask(layer);
      given[input] = this.#interpreter.tensor(input, maskOf(masks.layers[layer]));
    }
    try {
      return readTensors(this.#interpreter.run({ ...this.#weights, ...given }));
    } finally {
      tf.dispose(given);
    }
  }

  /** Takes the optimizer's step and gives the norm of the gradients before clipping. */
  #update(results: Readonly<Record<string, Float32Array>>, options: StepOptions): number {
    const { gatherGradients, adam } = this.#optimizer;
    const parameters = parameterShapes(this.#setup.config).map((parameter) => ({
      state: parameterState(this.#trainable, parameter),
      gradient: gradientOf(results, parameter.name),
    }));
    const squares = parameters.map(({ gradient }) => gatherGradients([gradient]));
    const norm = Math.sqrt(squares.reduce((sum, each) => sum + each));
    const factor = clipping(norm, options.clip);
    const scalars = stepScalars(options.step, options.learningRate, options);
    this.#tf.dispose(this.#weights);
    for (const { state, gradient } of parameters) adam(state, gradient, factor, scalars);
    this.#weights = this.#upload();
    return norm;
  }

  #upload(): Tensors {
    return uploadArrays(this.#tf, parameterShapes(this.#setup.config), this.#trainable);
  }
}

function gradientOf(
  results: Readonly<Record<string, Float32Array>>,
  parameter: string,
): Float32Array {
  const gradient = results[tensorNames.gradient(parameter)];
  if (!gradient) throw new TypeError(`the graph gives no gradient of "${parameter}"`);
  return gradient;
}

function maskOf(mask: Float32Array | undefined): Float32Array {
  if (!mask) throw new TypeError('a step lacks a mask of the dropout that it was set up with');
  return mask;
}
