import type { NamedArrays, NetworkConfig } from '../../network/config.ts';
import { parameterShapes, parametersOf, stateShapes } from '../../network/parameters.ts';
import type { Scorer, ScorerSetup, Window } from '../engine.ts';
import { type BatchSlice, batchSlices, copyLanes } from './batch-slice.ts';
import { type SharedWindow, sharedFloats, sharedWindow, shareFloats } from './shared-arrays.ts';
import { askAll, closeAll, startWorkers, type WorkerClient } from './worker-client.ts';

/** Scores with the lanes split among threads. */
export async function onnxScorer(setup: ScorerSetup): Promise<Scorer> {
  const { config, unroll } = setup;
  const window = sharedWindow(setup.lanes * unroll);
  const parameters = shareFloats(parameterShapes(config));
  const groups = batchSlices(setup.lanes, setup.threads).map((slice) => ({
    slice,
    states: shareFloats(stateShapes(config, slice.count)),
    nats: sharedFloats(unroll * slice.count),
  }));
  const workers = await startWorkers(
    groups.map(({ slice, states, nats }) => ({
      kind: 'scoring',
      config,
      slice,
      unroll,
      window,
      arrays: { ...parameters, ...states, nats },
    })),
  );
  return new OnnxScorer({ config, parameters, groups, window }, workers);
}

interface Memory {
  readonly config: NetworkConfig;
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly groups: readonly {
    readonly slice: BatchSlice;
    readonly states: Readonly<Record<string, Float32Array>>;
    /** [T, 1, lanes of the slice] */
    readonly nats: Float32Array;
  }[];
  readonly window: SharedWindow;
}

class OnnxScorer implements Scorer {
  readonly #memory: Memory;
  readonly #workers: readonly WorkerClient[];

  constructor(memory: Memory, workers: readonly WorkerClient[]) {
    this.#memory = memory;
    this.#workers = workers;
  }

  begin(weights: NamedArrays): void {
    for (const [name, { data }] of Object.entries(parametersOf(this.#memory.config, weights))) {
      this.#memory.parameters[name]?.set(data);
    }
    for (const { states } of this.#memory.groups) {
      for (const state of Object.values(states)) state.fill(0);
    }
  }

  async score(window: Window): Promise<Float32Array> {
    this.#memory.window.inputs.set(window.inputs);
    this.#memory.window.targets.set(window.targets);
    await askAll(this.#workers, (worker) => worker.call('window'));
    const nats = new Float32Array(window.inputs.length); // [T·R]
    for (const { slice, nats: own } of this.#memory.groups) copyLanes(slice, nats, own, 'out');
    return nats;
  }

  async close(): Promise<void> {
    await closeAll(this.#workers);
  }
}
