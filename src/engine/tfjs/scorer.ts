import type { NamedArrays } from '../../network/config.ts';
import { parameterShapes, parametersOf, stateShapes } from '../../network/parameters.ts';
import { scoringGraph } from '../../network/scoring-graph.ts';
import { tensorNames } from '../../network/training-graph.ts';
import type { Scorer, ScorerSetup, Window } from '../engine.ts';
import { initialStates, nextStates, readTensors, uploadArrays } from './arrays.ts';
import { Interpreter } from './interpreter.ts';
import { mapValues, type TensorFlow, type Tensors } from './tensorflow.ts';

/** Scores on all processors that TensorFlow has been given, whatever the setup's `threads`. */
export class TfjsScorer implements Scorer {
  readonly #tf: TensorFlow;
  readonly #setup: ScorerSetup;
  readonly #interpreter: Interpreter;
  #text: { readonly weights: Tensors; states: Readonly<Record<string, Float32Array>> } | undefined;

  constructor(tf: TensorFlow, setup: ScorerSetup) {
    this.#tf = tf;
    this.#setup = setup;
    this.#interpreter = new Interpreter(tf, scoringGraph(setup.config, setup.lanes, setup.unroll));
  }

  begin(weights: NamedArrays): void {
    const { config, lanes } = this.#setup;
    const arrays = mapValues(parametersOf(config, weights), ({ data }) => data.slice());
    const uploaded = uploadArrays(this.#tf, parameterShapes(config), arrays);
    this.#dispose();
    this.#text = { weights: uploaded, states: initialStates(config, lanes) };
  }

  async score(window: Window): Promise<Float32Array> {
    const [tf, { config, lanes }, text] = [this.#tf, this.#setup, this.#text];
    if (!text) throw new TypeError('a scorer begins with weights');
    const shapes = stateShapes(config, lanes);
    const given = {
      [tensorNames.ids]: this.#interpreter.tensor(tensorNames.ids, window.inputs),
      [tensorNames.targets]: this.#interpreter.tensor(tensorNames.targets, window.targets),
      ...uploadArrays(tf, shapes, text.states),
    };
    try {
      const results = readTensors(this.#interpreter.run({ ...text.weights, ...given }));
      text.states = nextStates(shapes, results);
      return results.nats ?? new Float32Array();
    } finally {
      tf.dispose(given);
    }
  }

  async close(): Promise<void> {
    this.#dispose();
  }

  #dispose(): void {
    if (this.#text) this.#tf.dispose(this.#text.weights);
  }
}
