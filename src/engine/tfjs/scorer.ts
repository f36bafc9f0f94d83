import type { NamedArrays } from '../../network/config.ts';
import type { Scorer, ScorerSetup, Window } from '../engine.ts';
import { blocksOf, blockTensors } from './blocks.ts';
import { cellOf } from './cells/cells.ts';
import { type Network, nats, networkOf, runNetwork, unitColumns } from './network.ts';
import { recurrence } from './recurrence.ts';
import { stateTensors } from './states.ts';
import type { TensorFlow, Tensors } from './tensorflow.ts';

/** Scores on all processors that TensorFlow has been given, whatever the setup's `threads`. */
export class TfjsScorer implements Scorer {
  readonly #tf: TensorFlow;
  readonly #setup: ScorerSetup;
  #text: { readonly network: Network; states: Tensors } | undefined;

  constructor(tf: TensorFlow, setup: ScorerSetup) {
    this.#tf = tf;
    this.#setup = setup;
  }

  begin(weights: NamedArrays): void {
    const [tf, { config, lanes }] = [this.#tf, this.#setup];
    const network = tf.tidy(() =>
      networkOf(tf, config, blockTensors(tf, blocksOf(tf, config), weights)),
    );
    this.#dispose();
    this.#text = { network, states: stateTensors(tf, config, lanes) };
  }

  async score(window: Window): Promise<Float32Array> {
    const [tf, { config, unroll }, text] = [this.#tf, this.#setup, this.#text];
    if (!text) throw new TypeError('a scorer begins with weights');
    const { found, states } = tf.tidy(() => {
      const run = runNetwork(
        tf,
        cellOf(tf, config.cell),
        text.network,
        {
          characters: unitColumns(tf, window.inputs, config.vocabularySize),
          states: text.states,
          unroll,
        },
        (layer) => recurrence(tf, layer),
      );
      const targets = tf.tensor1d(window.targets, 'int32');
      const found = nats(tf, run.logits, targets).dataSync<'float32'>().slice();
      return { found, states: run.states };
    });
    tf.dispose(text.states);
    text.states = states;
    return found;
  }

  async close(): Promise<void> {
    this.#dispose();
  }

  #dispose(): void {
    if (this.#text) this.#tf.dispose(this.#text);
  }
}
