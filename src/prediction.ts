import { chancesOf, type DrawOptions, drawToken } from './sample/draw.ts';

/** What a network says comes next: the y of `y = rnn.step(x)`. */
export class Prediction {
  /** A number for each of the V tokens, in the order of their ids: the higher, the likelier. */
  readonly logits: Float32Array;
  readonly #tokens: readonly string[];

  constructor(logits: Float32Array, tokens: readonly string[]) {
    this.logits = logits;
    this.#tokens = tokens;
  }

  /** The chance of each of the V tokens: softmax(logits / temperature), for a temperature above 0. */
  chances(temperature = 1): Float64Array {
    return chancesOf(this.logits, temperature);
  }

  /**
   * A token drawn by its chance.
   * @param options by default the temperature is 1 and no token is left out
   * @param random gives numbers in [0, 1)
   */
  draw(options: Partial<DrawOptions> = {}, random: () => number = Math.random): string {
    const all: DrawOptions = { temperature: 1, topP: 1, topK: 0, ...options };
    return this.#tokens[drawToken(this.logits, all, random)] ?? '';
  }
}
