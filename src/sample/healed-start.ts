import type { States } from '../engine/engine.ts';
import { chancesOf, type DrawOptions, drawWeighted } from './draw.ts';
import type { Healing } from './healing.ts';

/** How a text goes on from a seed whose last word was taken back. */
export interface Start {
  /** The token to read next, from these states [H] of one row. */
  readonly id: number;
  readonly states: States;
  /** What it has beyond the seed. */
  readonly beyond: string;
}

interface WeighedStart extends Start {
  /** Its probability, but for a factor. */
  readonly weight: number;
}

/**
 * Reads every way in which the taken back letters can be begun, one step of the network each, and draws among all that
 * complete them by their whole probabilities.
 */
export class HealedStart {
  readonly #healing: Healing;
  readonly #options: DrawOptions;
  readonly #states: States[] = [];
  /** ln of the probability of each step's tokens, as far as it is known. */
  readonly #logs: number[] = [0];
  readonly #endings: WeighedStart[] = [];

  constructor(healing: Healing, options: DrawOptions) {
    this.#healing = healing;
    this.#options = options;
  }

  /** The token to be read now and the states to read it from; undefined once all is read. The first step needs none. */
  next(): { readonly id: number; readonly states: States } | undefined {
    const step = this.#healing.steps[this.#states.length];
    const states = this.#states[step?.before ?? -1];
    return step && states && { id: step.id, states };
  }

  /** Takes what the network gave for the step that was next. */
  receive(logits: Float32Array, states: States): void {
    const { temperature } = this.#options;
    const step = this.#states.length;
    this.#states.push(states);
    // At temperature 0 the likeliest way is taken, of those at temperature 1.
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

  /** Whether all ways were read. */
  get isRead(): boolean {
    return this.#states.length === this.#healing.steps.length;
  }

  /** Every token that completes the letters, by each way to it. */
  get endings(): readonly WeighedStart[] {
    return this.#endings;
  }

  /** @param mayGrow whether what is beyond the seed may begin so; asked of each, and ignored where none may */
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
