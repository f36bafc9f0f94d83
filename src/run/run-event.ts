import type { ServingOutcome } from '../store/serving.ts';
import type { CheckpointEvent, DoneEvent, StepEvent, TrainingEvent } from '../train/events.ts';

/** What is told of a run as it goes: a training's events, with the time they took and where they were written. */
export type RunEvent =
  | {
      readonly type: 'run';
      readonly run: number;
      /** The step it goes on from; 0 for a new one. */
      readonly resumedAt: number;
      /** The budget. */
      readonly steps: number;
    }
  | (StepEvent & {
      readonly charsPerSecond: number;
      /** Seconds spent training so far, waiting not counted. */
      readonly elapsed: number;
      readonly secondsLeft: number;
    })
  | (Omit<CheckpointEvent, 'weights' | 'state'> & { readonly checkpoint: number })
  | (DoneEvent & {
      /** Whether it writes for its text now, why, and which run does. */
      readonly serving: ServingOutcome;
    })
  | Exclude<TrainingEvent, StepEvent | CheckpointEvent | DoneEvent>
  | { readonly type: 'paused' | 'resumed'; readonly step: number }
  | { readonly type: 'notice'; readonly text: string };
