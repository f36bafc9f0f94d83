import type { NamedArrays, NetworkConfig } from '../../network/config.ts';
import type { Quote } from '../quotes.ts';
import type { TextScore } from '../score.ts';
import type { WriteRequest } from '../writer.ts';

/** A trained network to be served. */
export interface ServiceModel {
  /** Unique, such as a checkpoint's: another network has another id. */
  readonly id: number;
  readonly config: NetworkConfig;
  /** The V characters in the order of their ids. */
  readonly characters: readonly string[];
  readonly weights: NamedArrays;
}

/** What the thread is asked; it answers each with `done` or `failed`, under the same number. */
export type Task =
  | { readonly type: 'load'; readonly model: ServiceModel }
  | { readonly type: 'unload'; readonly model: number }
  | { readonly type: 'write'; readonly model: number; readonly request: WriteRequest }
  | { readonly type: 'score'; readonly model: number; readonly text: string }
  | { readonly type: 'source'; readonly name: string; readonly text: string }
  | { readonly type: 'quote'; readonly source: string; readonly text: string };

export type ToThread =
  | { readonly call: number; readonly task: Task }
  /** Nobody waits for what this call would give. */
  | { readonly call: number; readonly cancel: true }
  /** The thread is to end. */
  | { readonly end: true };

export type FromThread =
  /** More of a text that is being written. */
  | { readonly call: number; readonly type: 'text'; readonly text: string }
  | { readonly call: number; readonly type: 'done'; readonly result: TaskResult }
  | {
      readonly call: number;
      readonly type: 'failed';
      readonly message: string;
      /** Of an `EscribaError`. */
      readonly remedy: string | null;
    };

/** Of `score` its score, of `quote` its quote, of the others nothing. */
export type TaskResult = TextScore | Quote | null;
