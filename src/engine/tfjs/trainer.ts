import type { NamedArray, NamedArrays } from '../../network/config.ts';
import { clipping, stepScalars } from '../../network/optimizer.ts';
import { stateShapes } from '../../network/parameters.ts';
import { names } from '../../network/training-graph.ts';
import type {
  StepOptions,
  StepResult,
  Trainer,
  TrainerSetup,
  Window,
  WindowMasks,
} from '../engine.ts';
import { adam, type Learnt, normOf } from './adam.ts';
import { type Block, blockArrays, blocksOf, blockTensors } from './blocks.ts';
import { derive } from './derive.ts';
import { stateTensors } from './states.ts';
import { mapValues, named, type TensorFlow, type Tensors } from './tensorflow.ts';

/** Trains on all processors that TensorFlow has been given, whatever the setup's `threads`. */
export class TfjsTrainer implements Trainer {
  readonly #tf: TensorFlow;
  readonly #setup: TrainerSetup;
  readonly #blocks: readonly Block[];
  #learnt: Readonly<Record<string, Learnt>>;
  /** [H, B] */
  #states: Tensors;

  /** @throws TypeError if the state lacks anything but hidden states, which then are zero. */
  constructor(tf: TensorFlow, setup: TrainerSetup, state: NamedArrays) {
    this.#tf = tf;
    this.#setup = setup;
    this.#blocks = blocksOf(tf, setup.config);
    const tensors = (rename?: (name: string) => string) =>
      blockTensors(tf, this.#blocks, state, rename);
    const kinds = {
      w: tensors(),
      m: tensors(names.m),
      v: tensors(names.v),
      ...(setup.averaging && { average: tensors(names.average) }),
    };
    const { w, m, v, average } = kinds;
    this.#learnt = mapValues(w, (weights, block) => ({
      w: weights,
      m: named(m, block),
      v: named(v, block),
      ...(average && { average: named(average, block) }),
    }));
    this.#states = stateTensors(tf, setup.config, setup.batch, state);
  }

  async step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult> {
    const { config, batch } = this.#setup;
    if (options.fresh) this.#goOnFrom(stateTensors(this.#tf, config, batch));
    const { loss, gradients, states } = this.#derive(window, masks);
    this.#goOnFrom(states);
    // An update by gradients that are not numbers would leave nothing to look at.
    const gradientNorm = Number.isFinite(loss) ? this.#update(gradients, options) : Number.NaN;
    this.#tf.dispose(gradients);
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
    const { config, batch, averaging } = this.#setup;
    const arrays = (kind: keyof Learnt, rename?: (name: string) => string) =>
      blockArrays(
        config,
        this.#blocks,
        mapValues(this.#learnt, (learnt) => named(learnt, kind)),
        rename,
      );
    const states = stateShapes(config, batch).map(({ name, shape }): [string, NamedArray] => [
      name,
      { shape, data: named(this.#states, name).dataSync<'float32'>().slice() },
    ]);
    return {
      ...arrays('w'),
      ...arrays('m', names.m),
      ...arrays('v', names.v),
      ...(averaging && arrays('average', names.average)),
      ...Object.fromEntries(states),
    };
  }

  async close(): Promise<void> {
    this.#tf.dispose([Object.values(this.#learnt), this.#states]);
  }

  #derive(window: Window, masks: WindowMasks | undefined) {
    const blocks = mapValues(this.#learnt, ({ w }) => w);
    const { config } = this.#setup;
    return derive(this.#tf, { config, blocks, states: this.#states }, window, masks);
  }

  /** Takes the optimizer's step and gives the norm of the gradients before clipping. */
  #update(gradients: Tensors, options: StepOptions): number {
    const norm = normOf(this.#tf, gradients);
    const factor = clipping(norm, options.clip);
    const scalars = stepScalars(options.step, options.learningRate, options);
    const before = this.#learnt;
    this.#learnt = mapValues(before, (learnt, block) =>
      this.#tf.tidy(() => adam(this.#tf, learnt, named(gradients, block), factor, scalars)),
    );
    this.#tf.dispose(Object.values(before));
    return norm;
  }

  #goOnFrom(states: Tensors): void {
    this.#tf.dispose(this.#states);
    this.#states = states;
  }
}
