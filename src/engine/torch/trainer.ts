import type { NamedArrays } from '../../network/config.ts';
import { moments, stepScalars, trainableArrays } from '../../network/optimizer.ts';
import { maskShapes, parameterShapes, stateShapes } from '../../network/parameters.ts';
import type {
  StepOptions,
  StepResult,
  Trainer,
  TrainerSetup,
  Window,
  WindowMasks,
} from '../engine.ts';
import { namedArrays } from './arrays.ts';
import type { Connection, Remote } from './connection.ts';
import type { SentArray } from './frames.ts';

/**
 * Trains in Python; with several processes each has some lanes of the batch.
 *
 * @param precision of the products in forward and backward; weights, moments and the optimizer are always fp32
 * @throws TypeError if the state lacks anything but hidden states, which then are zero
 */
export async function torchTrainer(
  connection: Connection,
  setup: TrainerSetup,
  state: NamedArrays,
  precision: 'fp32' | 'bf16',
): Promise<Trainer> {
  const { config, batch, threads, keepsEma } = setup;
  const known = [...trainableArrays(setup), ...stateShapes(config, batch)];
  const arrays = Object.fromEntries(
    known.flatMap(({ name }) => {
      const array = state[name];
      return array ? [[name, array]] : [];
    }),
  );
  for (const { name } of trainableArrays(setup)) {
    if (!arrays[name]) throw new TypeError(`the state of the training lacks "${name}"`);
  }
  const remote = await connection.create(
    'trainer',
    {
      ...{ config, batch, threads, precision },
      betas: [moments.beta1, moments.beta2],
      kept: ['', 'm.', 'v.', ...(keepsEma ? ['average.'] : [])],
    },
    arrays,
  );
  return new TorchTrainer(setup, remote);
}

class TorchTrainer implements Trainer {
  readonly #setup: TrainerSetup;
  readonly #remote: Remote;

  constructor(setup: TrainerSetup, remote: Remote) {
    this.#setup = setup;
    this.#remote = remote;
  }

  async step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult> {
    const { step, learningRate, clip, resetState } = options;
    const scalars = stepScalars(step, learningRate, options);
    const given = this.#given(window, masks);
    const { result } = await this.#remote.call('step', { ...scalars, clip, resetState }, given);
    const [loss = Number.NaN, gradientNorm = Number.NaN] = result?.data ?? [];
    return { loss, gradientNorm };
  }

  async gradients(
    window: Window,
    masks: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }> {
    const found = await this.#remote.call('gradients', {}, this.#given(window, masks));
    const [loss = Number.NaN] = found.loss?.data ?? [];
    return { loss, gradients: namedArrays(found, parameterShapes(this.#setup.config)) };
  }

  async state(): Promise<NamedArrays> {
    const { config, batch } = this.#setup;
    const shapes = [...trainableArrays(this.#setup), ...stateShapes(config, batch)];
    return namedArrays(await this.#remote.call('state'), shapes);
  }

  async close(): Promise<void> {
    await this.#remote.close();
  }

  /** A window and the masks that the setup has. @throws TypeError if one is missing */
  #given({ inputs, targets }: Window, masks: WindowMasks): Readonly<Record<string, SentArray>> {
    const { config, batch, dropout } = this.#setup;
    const { recurrent, layers } = maskShapes(config, dropout, batch);
    const mask = (data: Float32Array | undefined, shape: readonly number[]) => {
      if (!data) throw new TypeError('a step lacks a mask of the dropout that it was set up with');
      return { shape, data };
    };
    return {
      inputs: { shape: [inputs.length], data: inputs },
      targets: { shape: [targets.length], data: targets },
      ...Object.fromEntries(
        recurrent.map(({ name, shape }) => [name, mask(masks.recurrent[name], shape)]),
      ),
      ...Object.fromEntries(
        layers.map((shape, layer) => [`output${layer}`, mask(masks.layers[layer], shape)]),
      ),
    };
  }
}
