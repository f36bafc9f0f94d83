import type { Dropout, NetworkConfig } from '../../network/config.ts';
import type { OptimizerMemory, ParameterState } from '../../network/optimizer.ts';
import type { Barrier } from './all-reduce.ts';
import type { BatchSlice } from './batch-slice.ts';
import type { SharedWindow } from './shared-arrays.ts';

/** What a worker is started with; every array lies in shared memory. */
export type WorkerJob = TrainingJob | ScoringJob;

interface Job {
  readonly config: NetworkConfig;
  readonly slice: BatchSlice;
  /** T */
  readonly unroll: number;
  readonly window: SharedWindow;
  /** The graph's inputs and results by name: parameters, the states of the slice, gradients or nats. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

export interface TrainingJob extends Job {
  readonly kind: 'training';
  readonly dropout: Dropout;
  /** For every layer [H, B] of all lanes, where units of its output are left out. */
  readonly outputMasks: readonly Float32Array[];
  /** What this worker updates: a shard of every parameter. */
  readonly shards: readonly ParameterShard[];
  readonly optimizerMemory: OptimizerMemory;
  readonly barrier: Barrier;
  /** This worker's place among all, from 0. */
  readonly thread: number;
}

/** A range of a parameter's numbers, with the gradients that every worker derived for them. */
export interface ParameterShard extends ParameterState {
  readonly gradients: readonly Float32Array[];
}

export interface ScoringJob extends Job {
  readonly kind: 'scoring';
}
