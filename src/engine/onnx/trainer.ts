import type { NamedArray, NamedArrays } from '../../network/config.ts';
import { trainableArrays } from '../../network/optimizer.ts';
import { elements, parameterShapes, stateShapes } from '../../network/parameters.ts';
import { tensorNames } from '../../network/training-graph.ts';
import type {
  StepOptions,
  StepResult,
  Trainer,
  TrainerSetup,
  Window,
  WindowMasks,
} from '../engine.ts';
import { copyLanes, type LaneCall, type LaneThread, startThreads } from './lane-thread.ts';
import { type TrainingMemory, trainingJobs, trainingMemory } from './training-memory.ts';

/**
 * Trains with the lanes of the batch shared out among threads: each derives its lanes' gradients on a processor of
 * its own, then takes the optimizer's step for its share of the parameters. Weights and moments are updated in
 * place.
 */
export async function onnxTrainer(setup: TrainerSetup, state: NamedArrays): Promise<Trainer> {
  const memory = trainingMemory(setup, state);
  const jobs = trainingJobs(setup, memory);
  const threads = await startThreads(jobs);
  return new OnnxTrainer(setup, memory, threads, state);
}

class OnnxTrainer implements Trainer {
  readonly #setup: TrainerSetup;
  readonly #memory: TrainingMemory;
  readonly #threads: readonly LaneThread[];

  constructor(
    setup: TrainerSetup,
    memory: TrainingMemory,
    threads: readonly LaneThread[],
    state: NamedArrays,
  ) {
    this.#setup = setup;
    this.#memory = memory;
    this.#threads = threads;
    this.#setStates(state);
  }

  async step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult> {
    if (options.fresh) this.#setStates({});
    const [result] = await this.#compute(window, masks, { kind: 'step', options });
    if (!result) throw new TypeError('a training has a thread or more');
    return result;
  }

  async gradients(
    window: Window,
    masks: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }> {
    const before = this.#states();
    const shares = await this.#compute(window, masks, { kind: 'window' });
    this.#setStates(before);
    const gradients = parameterShapes(this.#setup.config).map(({ name, shape }) => {
      const sum = new Float32Array(elements(shape));
      for (const group of this.#memory.groups) {
        group.gradients[tensorNames.gradient(name)]?.forEach((value, index) => {
          sum[index] = (sum[index] ?? 0) + value;
        });
      }
      return [name, { shape, data: sum }] as const;
    });
    const loss = shares.reduce((sum, share) => sum + share.loss, 0);
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  state(): NamedArrays {
    const trainable = trainableArrays(this.#setup).map(({ name, shape }): [string, NamedArray] => [
      name,
      { shape, data: Float32Array.from(this.#memory.trainable[name] ?? []) },
    ]);
    return { ...Object.fromEntries(trainable), ...this.#states() };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #compute(window: Window, masks: WindowMasks, call: LaneCall): Promise<StepResult[]> {
    const memory = this.#memory;
    memory.window.inputs.set(window.inputs);
    memory.window.targets.set(window.targets);
    memory.masks.layers.forEach((layer, index) => {
      const mask = masks.layers[index];
      if (mask) layer.set(mask);
    });
    for (const [name, shared] of Object.entries(memory.masks.recurrent)) {
      const mask = masks.recurrent[name];
      if (mask) shared.set(mask);
    }
    return Promise.all(this.#threads.map((thread) => thread.call(call)));
  }

  #states(): NamedArrays {
    const { config, batch } = this.#setup;
    return Object.fromEntries(
      stateShapes(config, batch).map(({ name, shape }) => {
        const data = new Float32Array(elements(shape));
        for (const { lanes, states } of this.#memory.groups) {
          const own = states[name];
          if (own) copyLanes(lanes, data, own, 'out');
        }
        return [name, { shape, data }];
      }),
    );
  }

  /** Sets the hidden states to those that `state` holds, or to zero. */
  #setStates(state: NamedArrays): void {
    for (const { lanes, states } of this.#memory.groups) {
      for (const [name, own] of Object.entries(states)) {
        const given = state[name];
        if (given) copyLanes(lanes, given.data, own, 'in');
        else own.fill(0);
      }
    }
  }
}
