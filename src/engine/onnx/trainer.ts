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
import { copyLanes } from './batch-slice.ts';
import { type TrainingMemory, trainingJobs, trainingMemory } from './training-memory.ts';
import { askAll, closeAll, startWorkers, type WorkerClient } from './worker-client.ts';

/**
 * Trains with the lanes of the batch split among threads: each derives its lanes' gradients on a processor of
 * its own, then takes the optimizer's step for its share of the parameters. Weights and moments are updated in
 * place.
 */
export async function onnxTrainer(setup: TrainerSetup, state: NamedArrays): Promise<Trainer> {
  const memory = trainingMemory(setup, state);
  const jobs = trainingJobs(setup, memory);
  const workers = await startWorkers(jobs);
  return new OnnxTrainer(setup, memory, workers, state);
}

class OnnxTrainer implements Trainer {
  readonly #setup: TrainerSetup;
  readonly #memory: TrainingMemory;
  readonly #workers: readonly WorkerClient[];

  constructor(
    setup: TrainerSetup,
    memory: TrainingMemory,
    workers: readonly WorkerClient[],
    state: NamedArrays,
  ) {
    this.#setup = setup;
    this.#memory = memory;
    this.#workers = workers;
    this.#setStates(state);
  }

  async step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult> {
    if (options.resetState) this.#setStates({});
    this.#write(window, masks);
    const [result] = await askAll(this.#workers, (worker) => worker.call('step', options));
    if (!result) throw new TypeError('a training has a worker or more');
    return result;
  }

  async gradients(
    window: Window,
    masks: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }> {
    const before = this.#states();
    this.#write(window, masks);
    const losses = await askAll(this.#workers, (worker) => worker.call('window'));
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
    const loss = losses.reduce((sum, share) => sum + share, 0);
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  async state(): Promise<NamedArrays> {
    const trainable = trainableArrays(this.#setup).map(({ name, shape }): [string, NamedArray] => [
      name,
      { shape, data: Float32Array.from(this.#memory.trainable[name] ?? []) },
    ]);
    return { ...Object.fromEntries(trainable), ...this.#states() };
  }

  async close(): Promise<void> {
    await closeAll(this.#workers);
  }

  /** Puts a window and its masks where the workers read them. */
  #write(window: Window, masks: WindowMasks): void {
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
  }

  #states(): NamedArrays {
    const { config, batch } = this.#setup;
    return Object.fromEntries(
      stateShapes(config, batch).map(({ name, shape }) => {
        const data = new Float32Array(elements(shape));
        for (const { slice, states } of this.#memory.groups) {
          const own = states[name];
          if (own) copyLanes(slice, data, own, 'out');
        }
        return [name, { shape, data }];
      }),
    );
  }

  /** Sets the hidden states to those that `state` holds, or to zero. */
  #setStates(state: NamedArrays): void {
    for (const { slice, states } of this.#memory.groups) {
      for (const [name, own] of Object.entries(states)) {
        const given = state[name];
        if (given) copyLanes(slice, given.data, own, 'in');
        else own.fill(0);
      }
    }
  }
}
