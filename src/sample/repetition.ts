/** How many tokens back count as a repetition. */
const reach = 64;

/** The newest tokens of a text. */
export class RecentTokens {
  readonly #ids: number[];

  constructor(ids: ArrayLike<number>) {
    this.#ids = Array.from(ids).slice(-reach);
  }

  add(id: number): void {
    this.#ids.push(id);
    if (this.#ids.length > reach) this.#ids.shift();
  }

  /**
   * Logits [V] with these tokens made less likely (Keskar et al. 2019, CTRL): positive logits are divided by the penalty,
   * negative ones multiplied by it.
   * @param penalty 1 changes nothing, above 1 repeats less
   */
  penalised(logits: Float32Array, penalty: number): Float32Array {
    const changed = logits.slice(); // [V]
    for (const id of new Set(this.#ids)) {
      const logit = changed[id] ?? 0;
      changed[id] = logit > 0 ? logit / penalty : logit * penalty;
    }
    return changed;
  }
}
