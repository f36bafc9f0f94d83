import type { NamedArray, NamedArrays } from '../../network/config.ts';
import { stepScalars } from '../../network/optimizer.ts';
import {
  elements,
  type ParameterShape,
  parameterShapes,
  stateShapes,
} from '../../network/parameters.ts';
import { names } from '../../network/training-graph.ts';
import type {
  StepOptions,
  StepResult,
  Trainer,
  TrainerSetup,
  Window,
  WindowMasks,
} from '../engine.ts';
import {
  copyLanes,
  type LaneRange,
  LaneThread,
  laneRanges,
  type SharedWindow,
  sharedFloats,
  sharedWindow,
  shareFloats,
} from './lane-thread.ts';

/**
 * Trains with the lanes of the batch shared out among threads: each derives its lanes' gradients on a processor of
 * its own, then one adds them up and takes the optimizer's step. Weights and moments are updated in place: every
 * operation that reads one comes before the one that writes it, by what the graph computes.
 */
export async function onnxTrainer(setup: TrainerSetup, state: NamedArrays): Promise<Trainer> {
  const { config, batch, unroll, threads } = setup;
  const parameters = parameterShapes(config);
  const kept = optimizerShapes(setup, parameters).map((each) => each.name);
  const learnt = shareArrays(kept, state);
  const scalars = Object.fromEntries(
    ['stepSize', 'epsilon', 'decay', 'clip', 'averagingShare'].map((name) => [
      name,
      sharedFloats(1),
    ]),
  );
  const groups = laneRanges(batch, threads).map((lanes) => ({
    lanes,
    states: shareFloats(stateShapes(config, lanes.count)),
    gradients: shareFloats(
      parameters.map(({ name, shape }) => ({ name: names.gradient(name), shape })),
    ),
  }));
  const window = sharedWindow(batch * unroll);
  const masks = setup.dropout
    ? {
        input: sharedFloats(config.vocabularySize),
        layers: Array.from({ length: config.layers }, () => sharedFloats(config.hidden * batch)),
      }
    : null;
  const gradientArrays = groups.flatMap(({ gradients }, group) =>
    parameters.flatMap(({ name }) => {
      const gradient = gradients[names.gradient(name)];
      return gradient ? [[names.gradient(name, group), gradient] as const] : [];
    }),
  );
  const update = {
    groups: groups.length,
    averaging: setup.averaging,
    threads,
    arrays: {
      ...learnt,
      ...Object.fromEntries(
        kept.map((name) => [names.next(name), learnt[name] ?? sharedFloats(0)]),
      ),
      ...Object.fromEntries(gradientArrays),
      ...scalars,
    },
  };
  const laneThreads = await Promise.all(
    groups.map(({ lanes, states, gradients }, group) =>
      LaneThread.start({
        kind: 'training',
        config,
        lanes,
        unroll,
        window,
        masks,
        arrays: { ...learnt, ...states, ...gradients },
        update: group === 0 ? update : null,
      }),
    ),
  );
  return new OnnxTrainer(setup, { learnt, scalars, groups, window, masks }, laneThreads, state);
}

interface Memory {
  readonly learnt: Readonly<Record<string, Float32Array>>;
  readonly scalars: Readonly<Record<string, Float32Array>>;
  readonly groups: readonly {
    readonly lanes: LaneRange;
    readonly states: Readonly<Record<string, Float32Array>>;
    readonly gradients: Readonly<Record<string, Float32Array>>;
  }[];
  readonly window: SharedWindow;
  readonly masks: { readonly input: Float32Array; readonly layers: readonly Float32Array[] } | null;
}

class OnnxTrainer implements Trainer {
  readonly #setup: TrainerSetup;
  readonly #memory: Memory;
  readonly #threads: readonly LaneThread[];

  constructor(
    setup: TrainerSetup,
    memory: Memory,
    threads: readonly LaneThread[],
    state: NamedArrays,
  ) {
    this.#setup = setup;
    this.#memory = memory;
    this.#threads = threads;
    this.#setStates(state);
  }

  async step(
    window: Window,
    masks: WindowMasks | undefined,
    options: StepOptions,
  ): Promise<StepResult> {
    if (options.fresh) this.#setStates({});
    const loss = await this.#derive(window, masks);
    // An update by gradients that are not numbers would leave nothing to look at.
    if (!Number.isFinite(loss)) return { loss, gradientNorm: Number.NaN };
    const scalars = stepScalars(options.step, options.learningRate, options);
    for (const [name, value] of Object.entries(scalars)) this.#memory.scalars[name]?.fill(value);
    const gradientNorm = (await this.#threads[0]?.call('update')) ?? Number.NaN;
    return { loss, gradientNorm };
  }

  async gradients(
    window: Window,
    masks?: WindowMasks,
  ): Promise<{ readonly loss: number; readonly gradients: NamedArrays }> {
    const before = this.#states();
    const loss = await this.#derive(window, masks);
    this.#setStates(before);
    const gradients = parameterShapes(this.#setup.config).map(({ name, shape }) => {
      const sum = new Float32Array(elements(shape));
      for (const group of this.#memory.groups) {
        group.gradients[names.gradient(name)]?.forEach((value, index) => {
          sum[index] = (sum[index] ?? 0) + value;
        });
      }
      return [name, { shape, data: sum }] as const;
    });
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  state(): NamedArrays {
    const shapes = optimizerShapes(this.#setup, parameterShapes(this.#setup.config));
    const learnt = shapes.map(({ name, shape }): [string, NamedArray] => [
      name,
      { shape, data: Float32Array.from(this.#memory.learnt[name] ?? []) },
    ]);
    return { ...Object.fromEntries(learnt), ...this.#states() };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #derive(window: Window, masks: WindowMasks | undefined): Promise<number> {
    const memory = this.#memory;
    memory.window.inputs.set(window.inputs);
    memory.window.targets.set(window.targets);
    if (memory.masks && masks) {
      memory.masks.input.set(masks.input);
      memory.masks.layers.forEach((layer, index) => {
        const mask = masks.layers[index];
        if (mask) layer.set(mask);
      });
    }
    const losses = await Promise.all(this.#threads.map((thread) => thread.call('window')));
    return losses.reduce((sum, loss) => sum + loss);
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

/** What is kept from step to step beside the hidden states: parameters, both moments and the average. */
function optimizerShapes(
  setup: TrainerSetup,
  parameters: readonly ParameterShape[],
): { readonly name: string; readonly shape: readonly number[] }[] {
  const kinds = [(name: string) => name, names.m, names.v];
  if (setup.averaging) kinds.push(names.average);
  return kinds.flatMap((kind) =>
    parameters.map(({ name, shape }) => ({ name: kind(name), shape })),
  );
}

function shareArrays(
  wanted: readonly string[],
  state: NamedArrays,
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(
    wanted.map((name) => {
      const array = state[name];
      if (!array) throw new TypeError(`the state of the training lacks "${name}"`);
      const shared = sharedFloats(array.data.length);
      shared.set(array.data);
      return [name, shared];
    }),
  );
}
