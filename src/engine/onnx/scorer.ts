import type { NamedArrays, NetworkConfig } from '../../network/config.ts';
import { parameterShapes, parametersOf, stateShapes } from '../../network/parameters.ts';
import type { Scorer, ScorerSetup, Window } from '../engine.ts';
import {
  copyLanes,
  type LaneRange,
  type LaneThread,
  laneRanges,
  type SharedWindow,
  sharedFloats,
  sharedWindow,
  shareFloats,
  startThreads,
} from './lane-thread.ts';

/** Scores with the lanes shared out among threads. */
export async function onnxScorer(setup: ScorerSetup): Promise<Scorer> {
  const { config, unroll } = setup;
  const window = sharedWindow(setup.lanes * unroll);
  const parameters = shareFloats(parameterShapes(config));
  const groups = laneRanges(setup.lanes, setup.threads).map((lanes) => ({
    lanes,
    states: shareFloats(stateShapes(config, lanes.count)),
    nats: sharedFloats(unroll * lanes.count),
  }));
  const threads = await startThreads(
    groups.map(({ lanes, states, nats }) => ({
      kind: 'scoring',
      config,
      lanes,
      unroll,
      window,
      arrays: { ...parameters, ...states, nats },
    })),
  );
  return new OnnxScorer({ config, parameters, groups, window }, threads);
}

interface Memory {
  readonly config: NetworkConfig;
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly groups: readonly {
    readonly lanes: LaneRange;
    readonly states: Readonly<Record<string, Float32Array>>;
    /** [T, 1, lanes of the group] */
    readonly nats: Float32Array;
  }[];
  readonly window: SharedWindow;
}

class OnnxScorer implements Scorer {
  readonly #memory: Memory;
  readonly #threads: readonly LaneThread[];

  constructor(memory: Memory, threads: readonly LaneThread[]) {
    this.#memory = memory;
    this.#threads = threads;
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
    await Promise.all(this.#threads.map((thread) => thread.call({ kind: 'window' })));
    const nats = new Float32Array(window.inputs.length); // [T·R]
    for (const { lanes, nats: own } of this.#memory.groups) copyLanes(lanes, nats, own, 'out');
    return nats;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
