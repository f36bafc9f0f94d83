/** Keys, the highest count first; of equal counts the one that `before` puts first. A binary heap. */
export class PairHeap {
  readonly #before: (key: number, other: number) => boolean;
  readonly #counts: number[] = [];
  readonly #keys: number[] = [];

  constructor(before: (key: number, other: number) => boolean) {
    this.#before = before;
  }

  push(key: number, count: number): void {
    let at = this.#keys.length;
    this.#put(at, key, count);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isFirst(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes the first one out. */
  pop(): { readonly key: number; readonly count: number } | undefined {
    const [key] = this.#keys;
    const [count] = this.#counts;
    const lastKey = this.#keys.pop();
    const lastCount = this.#counts.pop();
    if (key === undefined || count === undefined) return undefined;
    if (lastKey === undefined || lastCount === undefined || this.#keys.length === 0) {
      return { key, count };
    }
    this.#put(0, lastKey, lastCount);
    for (let at = 0; ; ) {
      let first = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#keys.length && this.#isFirst(child, first)) first = child;
      }
      if (first === at) return { key, count };
      this.#swap(at, first);
      at = first;
    }
  }

  #put(at: number, key: number, count: number): void {
    this.#keys[at] = key;
    this.#counts[at] = count;
  }

  #swap(at: number, other: number): void {
    const key = this.#keys[at] ?? 0;
    const count = this.#counts[at] ?? 0;
    this.#put(at, this.#keys[other] ?? 0, this.#counts[other] ?? 0);
    this.#put(other, key, count);
  }

  #isFirst(at: number, other: number): boolean {
    const count = this.#counts[at] ?? 0;
    const otherCount = this.#counts[other] ?? 0;
    if (count !== otherCount) return count > otherCount;
    return this.#before(this.#keys[at] ?? 0, this.#keys[other] ?? 0);
  }
}
