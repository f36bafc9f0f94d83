import type { States } from '../engine/engine.ts';
import { chancesOf, type DrawOptions, drawWeighted } from './draw.ts';
import type { Healing } from './healing.ts';

/** How a text continues a seed whose last word was taken back. */
export interface Start {
  /** The token to read next, from these states [H] of one row. */
  readonly id: number;
  readonly states: States;
  /** What it has beyond the seed. */
  readonly beyond: string;
}

interface WeighedStart extends Start {
  /** Its unnormalized probability. */
  readonly weight: number;
}

/**
 * Reads every way of beginning the letters that were taken back, one network step each, then samples from all tokens
 * that complete them, by the probability of the whole path.
 */
export class HealedStart {
  readonly #healing: Healing;
  readonly #options: DrawOptions;
  readonly #states: States[] = [];
  /** Log-probabilities of each step's tokens, where known so far. */
  readonly #logs: number[] = [0];
  readonly #endings: WeighedStart[] = [];

  constructor(healing: Healing, options: DrawOptions) {
    this.#healing = healing;
    this.#options = options;
  }

  /** The next token to read and the states to read it from; undefined when all are read. The first step needs none. */
  next(): { readonly id: number; readonly states: States } | undefined {
    const step = this.#healing.steps[this.#states.length];
    const states = this.#states[step?.before ?? -1];
    return step && states && { id: step.id, states };
  }

  /** Takes the network's output for the next step. */
  receive(logits: Float32Array, states: States): void {
    const { temperature } = this.#options;
    const step = this.#states.length;
    this.#states.push(states);
    // At temperature 0: the likeliest path, by the probabilities at temperature 1.
    const chances = chancesOf(logits, temperature === 0 ? 1 : temperature); // [V]
    const before = this.#logs[step] ?? 0;
    this.#healing.steps.forEach((other, place) => {
      if (other.before === step) this.#logs[place] = before + Math.log(chances[other.id] ?? 0);
    });
    for (const { id, beyond } of this.#healing.steps[step]?.endings ?? []) {
      const weight = Math.exp(before) * (chances[id] ?? 0);
      this.#endings.push({ id, beyond, states, weight });
    }
  }

  /** Whether every path has been read. */
  get isRead(): boolean {
    return this.#states.length === this.#healing.steps.length;
  }

  /** Every token that completes the letters, once for each path to it. */
  get endings(): readonly WeighedStart[] {
    return this.#endings;
  }

  /** @param mayGrow whether the text after the seed may begin like this; ignored where no candidate passes */
  draw(random: () => number, mayGrow: (beyond: string) => boolean = () => true): Start {
    const allowed = this.#endings.filter(({ beyond }) => mayGrow(beyond));
    const endings = allowed.length > 0 ? allowed : this.#endings;
    const weights = Float64Array.from(endings, (each) => each.weight);
    const place =
      this.#options.temperature === 0
        ? weights.indexOf(Math.max(...weights))
        : drawWeighted(weights, this.#options, random);
    const chosen = endings[place];
    if (!chosen) throw new TypeError('no token completes the seed');
    return chosen;
  }
}
