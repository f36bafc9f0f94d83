import { toOnnx } from '../../../graph/onnx/lower.ts';
import type { NamedArrays } from '../../../network/config.ts';
import { parameterShapes, parametersOf, stateShapes } from '../../../network/parameters.ts';
import { scoringGraph } from '../../../network/scoring-graph.ts';
import { tensorNames } from '../../../network/training-graph.ts';
import type { Scorer, ScorerSetup, Window } from '../../engine.ts';
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

/** Scores on a graphics card, with all lanes in one graph and the weights there. */
export async function cardScorer(setup: ScorerSetup): Promise<Scorer> {
  const { config, lanes, unroll } = setup;
  const window = await CardSession.create(
    toOnnx(scoringGraph(config, lanes, unroll), 'card'),
    stateShapes(config, lanes).map(({ name }) => tensorNames.next(name)),
  );
  return new CardScorer(setup, window, await CardCopies.create(parameterShapes(config), 'card'));
}

class CardScorer implements Scorer {
  readonly #setup: ScorerSetup;
  readonly #window: CardSession;
  readonly #takesWeights: CardCopies;
  /** Those to take to the card before the next window. */
  #given: CardArrays | undefined;
  #weights: CardArrays = {};
  #states: CardArrays = {};

  constructor(setup: ScorerSetup, window: CardSession, takesWeights: CardCopies) {
    this.#setup = setup;
    this.#window = window;
    this.#takesWeights = takesWeights;
  }

  begin(weights: NamedArrays): void {
    const { config, lanes } = this.#setup;
    this.#given = Object.fromEntries(
      Object.entries(parametersOf(config, weights)).map(([name, { shape, data }]) => [
        name,
        floatTensor(Float32Array.from(data), shape),
      ]),
    );
    const states = stateShapes(config, lanes).map(({ name, shape }) => [name, zeros(shape)]);
    this.#setStates(Object.fromEntries(states));
  }

  async score(window: Window): Promise<Float32Array> {
    const { config, lanes, unroll } = this.#setup;
    if (this.#given) {
      const before = this.#weights;
      this.#weights = await this.#takesWeights.copy(this.#given);
      this.#given = undefined;
      letGo(before);
    }
    const results = await this.#window.run({
      ...this.#weights,
      ...this.#states,
      [tensorNames.ids]: idsTensor(window.inputs, [unroll, lanes]),
      [tensorNames.targets]: idsTensor(window.targets, [unroll, lanes]),
    });
    const states = stateShapes(config, lanes).map(({ name }) => [
      name,
      named(results, tensorNames.next(name)),
    ]);
    this.#setStates(Object.fromEntries(states));
    return floatsOf(results, 'nats');
  }

  async close(): Promise<void> {
    letGo({ ...this.#weights, ...this.#states });
    await this.#window.close();
    await this.#takesWeights.close();
  }

  #setStates(states: CardArrays): void {
    letGo(this.#states);
    this.#states = states;
  }
}
