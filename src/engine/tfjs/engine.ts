import type { Engine } from '../engine.ts';
import { TfjsScorer } from './scorer.ts';
import { TfjsStepper } from './stepper.ts';
import type { TensorFlow } from './tensorflow.ts';
import { TfjsTrainer } from './trainer.ts';

/** TensorFlow.js as an engine, on the backend that it is set to. */
export function tfjsEngine(tf: TensorFlow): Engine {
  return {
    name: 'tfjs',
    version: tf.version.tfjs,
    trainer: async (setup, state) => new TfjsTrainer(tf, setup, state),
    scorer: async (setup) => new TfjsScorer(tf, setup),
    stepper: async (setup) => new TfjsStepper(tf, setup),
  };
}
