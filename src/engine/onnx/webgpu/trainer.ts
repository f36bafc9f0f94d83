import { toOnnx } from '../../../graph/onnx/lower.ts';
import { add, multiply, sumTo } from '../../../graph/operations.ts';
import type { Tensor as GraphTensor } from '../../../graph/tensor.ts';
import type { NamedArrays } from '../../../network/config.ts';
import {
  adamScalarNames,
  adamScalars,
  clipping,
  copyTrainableArrays,
  stepScalars,
  trainableArrays,
} from '../../../network/optimizer.ts';
import { maskShapes, parameterShapes, stateShapes } from '../../../network/parameters.ts';
import { gradientGraph, tensorNames } from '../../../network/training-graph.ts';
import { updateFile } from '../../../network/update-file.ts';
import type {
  StepOptions,
  StepResult,
  Trainer,
  TrainerSetup,
  Window,
  WindowMasks,
} from '../../engine.ts';
import {
  type CardArrays,
  CardSession,
  floatsOf,
  floatTensor,
  idsTensor,
  letGo,
  named,
  zeros,
} from './card-session.ts';
import { CardCopies } from './copies.ts';

/**
 * Trains on a graphics card with all lanes in one graph. Weights and moments stay there from step to step: a window
 * and its masks go to it, the loss and the gradient's norm come back.
 */
export async function cardTrainer(setup: TrainerSetup, state: NamedArrays): Promise<Trainer> {
  const gradients = gradientNames(setup);
  const window = await CardSession.create(windowFile(setup), [
    ...gradients,
    ...stateShapes(setup.config, setup.batch).map(({ name }) => tensorNames.next(name)),
  ]);
  const update = await CardSession.create(
    updateFile(setup),
    trainableArrays(setup).map(({ name }) => tensorNames.next(name)),
  );
  return new CardTrainer(setup, window, update, state);
}

function gradientNames({ config }: TrainerSetup): string[] {
  return parameterShapes(config).map(({ name }) => tensorNames.gradient(name));
}

/** The graph of a window, which also gives the sum of the squares of all gradients. */
function windowFile(setup: TrainerSetup): Uint8Array {
  const { config, batch, unroll, dropout } = setup;
  const results = gradientGraph({ config, unroll, dropout, lanes: batch, batch });
  const squares = gradientNames(setup)
    .flatMap((name) => results[name] ?? [])
    .map(sumOfSquares)
    .reduce((sum, each) => add(sum, each));
  return toOnnx({ ...results, squares }, 'card');
}

/** Row by row first, which a card does at the same time. */
function sumOfSquares(x: GraphTensor): GraphTensor {
  const [rows = 1] = x.shape;
  return sumTo(sumTo(multiply(x, x), [rows, 1]), []);
}

class CardTrainer implements Trainer {
  readonly #setup: TrainerSetup;
  readonly #window: CardSession;
  readonly #update: CardSession;
  #trainable: CardArrays;
  #states: CardArrays;
  #readsState: CardCopies | undefined;
  #readsGradients: CardCopies | undefined;

  constructor(setup: TrainerSetup, window: CardSession, update: CardSession, state: NamedArrays) {
    this.#setup = setup;
    this.#window = window;
    this.#update = update;
    const arrays = copyTrainableArrays(setup, state, (data) => data);
    // The first step takes them to the card.
    this.#trainable = Object.fromEntries(
      trainableArrays(setup).map(({ name, shape }) => [
        name,
        floatTensor(Float32Array.from(arrays[name] ?? []), shape),
      ]),
    );
    this.#states = this.#statesFrom(state);
  }

  async step(window: Window, masks: WindowMasks, options: StepOptions): Promise<StepResult> {
    if (options.resetState) this.#setStates(this.#statesFrom({}));
    const results = await this.#compute(window, masks);
    this.#setStates(this.#statesAfter(results));
    const gradients = this.#gradientsOf(results);
    try {
      const loss = floatsOf(results, 'loss')[0] ?? Number.NaN;
      const gradientNorm = Math.sqrt(floatsOf(results, 'squares')[0] ?? Number.NaN);
      // Skip gradients that are not finite, so that the weights stay inspectable.
      if (Number.isFinite(loss) && Number.isFinite(gradientNorm))
        await this.#takeStep(gradients, gradientNorm, options);
      return { loss, gradientNorm };
    } finally {
      letGo(gradients);
    }
  }

  async gradients(
    window: Window,
    masks: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }> {
    const shapes = parameterShapes(this.#setup.config);
    const results = await this.#compute(window, masks);
    this.#readsGradients ??= await CardCopies.create(
      shapes.map(({ name, shape }) => ({ name: tensorNames.gradient(name), shape })),
      'here',
    );
    const read = await this.#readsGradients.read(results);
    letGo(results);
    const gradients = shapes.flatMap(({ name }) => {
      const gradient = read[tensorNames.gradient(name)];
      return gradient ? [[name, gradient] as const] : [];
    });
    return {
      loss: floatsOf(results, 'loss')[0] ?? Number.NaN,
      gradients: Object.fromEntries(gradients),
    };
  }

  async state(): Promise<NamedArrays> {
    const { config, batch } = this.#setup;
    this.#readsState ??= await CardCopies.create(
      [...trainableArrays(this.#setup), ...stateShapes(config, batch)],
      'here',
    );
    return this.#readsState.read({ ...this.#trainable, ...this.#states });
  }

  async close(): Promise<void> {
    letGo({ ...this.#trainable, ...this.#states });
    await this.#window.close();
    await this.#update.close();
    await this.#readsState?.close();
    await this.#readsGradients?.close();
  }

  #compute(window: Window, masks: WindowMasks): Promise<CardArrays> {
    const { config, batch, unroll, dropout } = this.#setup;
    const shapes = maskShapes(config, dropout, batch);
    const given = {
      [tensorNames.ids]: idsTensor(window.inputs, [unroll, batch]),
      [tensorNames.targets]: idsTensor(window.targets, [unroll, batch]),
      ...Object.fromEntries(
        shapes.layers.flatMap((shape, layer) => {
          const mask = masks.layers[layer];
          return mask ? [[tensorNames.outputMask(layer), floatTensor(mask, shape)]] : [];
        }),
      ),
      ...Object.fromEntries(
        shapes.recurrent.flatMap(({ name, shape }) => {
          const mask = masks.recurrent[name];
          return mask ? [[tensorNames.weightMask(name), floatTensor(mask, shape)]] : [];
        }),
      ),
    };
    const parameters = parameterShapes(config).map(({ name }) => [
      name,
      named(this.#trainable, name),
    ]);
    return this.#window.run({ ...Object.fromEntries(parameters), ...this.#states, ...given });
  }

  async #takeStep(gradients: CardArrays, norm: number, options: StepOptions): Promise<void> {
    const scalars = adamScalars(
      stepScalars(options.step, options.learningRate, options),
      clipping(norm, options.clip),
    );
    const numbers = adamScalarNames
      .filter((name) => this.#setup.keepsEma || name !== 'emaWeight')
      .map((name) => [name, floatTensor(Float32Array.of(scalars[name]), [])]);
    const results = await this.#update.run({
      ...this.#trainable,
      ...gradients,
      ...Object.fromEntries(numbers),
    });
    letGo(this.#trainable);
    this.#trainable = Object.fromEntries(
      trainableArrays(this.#setup).map(({ name }) => [
        name,
        named(results, tensorNames.next(name)),
      ]),
    );
  }

  #gradientsOf(results: CardArrays): CardArrays {
    return Object.fromEntries(
      gradientNames(this.#setup).map((name) => [name, named(results, name)] as const),
    );
  }

  #statesAfter(results: CardArrays): CardArrays {
    const { config, batch } = this.#setup;
    return Object.fromEntries(
      stateShapes(config, batch).map(({ name }) => [name, named(results, tensorNames.next(name))]),
    );
  }

  /** The hidden states that a state holds, or zero. */
  #statesFrom(state: NamedArrays): CardArrays {
    const { config, batch } = this.#setup;
    return Object.fromEntries(
      stateShapes(config, batch).map(({ name, shape }) => {
        const given = state[name];
        return [name, given ? floatTensor(Float32Array.from(given.data), shape) : zeros(shape)];
      }),
    );
  }

  #setStates(states: CardArrays): void {
    letGo(this.#states);
    this.#states = states;
  }
}
