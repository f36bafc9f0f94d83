import { chancesOf, type DrawOptions, drawToken } from './sample/draw.ts';

/** What a network says comes next: the y of `y = rnn.step(x)`. */
export class Prediction {
  /** A number for each of the V characters, in the order of their ids: the higher, the likelier. */
  readonly logits: Float32Array;
  readonly #characters: readonly string[];

  constructor(logits: Float32Array, characters: readonly string[]) {
    this.logits = logits;
    this.#characters = characters;
  }

  /** The chance of each of the V characters: softmax(logits / temperature), for a temperature above 0. */
  chances(temperature = 1): Float64Array {
    return chancesOf(this.logits, temperature);
  }

  /**
   * A character drawn by its chance.
   * @param options the temperature is 1 and nothing is left out, unless told
   * @param random gives numbers in [0, 1)
   */
  draw(options: Partial<DrawOptions> = {}, random: () => number = Math.random): string {
    const all: DrawOptions = { temperature: 1, topP: 1, topK: 0, ...options };
    return this.#characters[drawToken(this.logits, all, random)] ?? '';
  }
}
