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
import { parameterShapes, stateShapes } from '../../network/parameters.ts';
import type {
  StepOptions,
  StepResult,
  Trainer,
  TrainerSetup,
  Window,
  WindowMasks,
} from '../engine.ts';
import { type Block, blockArrays, blocksOf, blockTensors } from './blocks.ts';
import { derive } from './derive.ts';
import { stateTensors } from './states.ts';
import { named, type TensorFlow, type Tensors } from './tensorflow.ts';

/** Trains on all processors that TensorFlow has been given, whatever the setup's `threads`. */
export class TfjsTrainer implements Trainer {
  readonly #tf: TensorFlow;
  readonly #setup: TrainerSetup;
  readonly #blocks: readonly Block[];
  /** Parameters, `m.…`, `v.…` and `average.…`. */
  readonly #trainable: Readonly<Record<string, Float32Array>>;
  readonly #optimizer = optimizer(optimizerMemory(1), 0);
  /** The arrays of the weights' tensors: the same at every step, as new ones would wait for the collector. */
  readonly #joined: Record<string, Float32Array> = {};
  /** The parameters, by block. */
  #weights: Tensors;
  /** [H, B] */
  #states: Tensors;

  /** @throws TypeError if the state lacks anything but hidden states, which then are zero. */
  constructor(tf: TensorFlow, setup: TrainerSetup, state: NamedArrays) {
    this.#tf = tf;
    this.#setup = setup;
    this.#blocks = blocksOf(tf, setup.config);
    this.#trainable = copyTrainableArrays(setup, state, (data) => data.slice());
    this.#weights = this.#upload();
    this.#states = stateTensors(tf, setup.config, setup.batch, state);
  }

  async step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult> {
    const { config, batch } = this.#setup;
    if (options.fresh) this.#goOnFrom(stateTensors(this.#tf, config, batch));
    const { loss, gradients, states } = this.#derive(window, masks);
    this.#goOnFrom(states);
    const arrays = blockArrays(config, this.#blocks, gradients);
    this.#tf.dispose(gradients);
    // An update by gradients that are not numbers would leave nothing to look at.
    const gradientNorm = Number.isFinite(loss) ? this.#update(arrays, options) : Number.NaN;
    return { loss, gradientNorm };
  }

  async gradients(
    window: Window,
    masks?: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }> {
    const { loss, gradients, states } = this.#derive(window, masks);
    const arrays = blockArrays(this.#setup.config, this.#blocks, gradients);
    this.#tf.dispose([gradients, states]);
    return { loss, gradients: arrays };
  }

  state(): NamedArrays {
    const { config, batch } = this.#setup;
    const trainable = trainableArrays(this.#setup).map(({ name, shape }): [string, NamedArray] => [
      name,
      { shape, data: Float32Array.from(this.#trainable[name] ?? []) },
    ]);
    const states = stateShapes(config, batch).map(({ name, shape }): [string, NamedArray] => [
      name,
      { shape, data: named(this.#states, name).dataSync<'float32'>().slice() },
    ]);
    return Object.fromEntries([...trainable, ...states]);
  }

  async close(): Promise<void> {
    this.#tf.dispose([this.#weights, this.#states]);
  }

  #derive(window: Window, masks: WindowMasks | undefined) {
    const { config } = this.#setup;
    const given = { config, blocks: this.#weights, states: this.#states };
    return derive(this.#tf, given, window, masks);
  }

  /** Takes the optimizer's step and gives the norm of the gradients before clipping. */
  #update(gradients: NamedArrays, options: StepOptions): number {
    const squares = Object.values(gradients).map(({ data }) =>
      this.#optimizer.gatherGradients([data]),
    );
    const norm = Math.sqrt(squares.reduce((sum, each) => sum + each));
    const factor = clipping(norm, options.clip);
    const scalars = stepScalars(options.step, options.learningRate, options);
    for (const parameter of parameterShapes(this.#setup.config)) {
      const gradient = gradients[parameter.name];
      if (!gradient) continue;
      const state = parameterState(this.#trainable, parameter);
      this.#optimizer.adam(state, gradient.data, factor, scalars);
    }
    this.#tf.dispose(this.#weights);
    this.#weights = this.#upload();
    return norm;
  }

  #upload(): Tensors {
    const parameters = parameterShapes(this.#setup.config).map(
      ({ name, shape }): [string, NamedArray] => [
        name,
        { shape, data: this.#trainable[name] ?? new Float32Array() },
      ],
    );
    return blockTensors(this.#tf, this.#blocks, Object.fromEntries(parameters), this.#joined);
  }

  #goOnFrom(states: Tensors): void {
    this.#tf.dispose(this.#states);
    this.#states = states;
  }
}
