/** Unit vectors of ids in a sequence [T, V, B], rewritten window by window at the cost of the ids alone. */
export class OneHotColumns {
  readonly #columns: Float32Array;
  readonly #shape: { readonly unroll: number; readonly vocabulary: number; readonly lanes: number };
  readonly #ones: Int32Array;

  /** `columns` [T·V·B] is all zero. */
  constructor(
    columns: Float32Array,
    shape: { readonly unroll: number; readonly vocabulary: number; readonly lanes: number },
  ) {
    this.#columns = columns;
    this.#shape = shape;
    this.#ones = new Int32Array(shape.unroll * shape.lanes).fill(-1);
  }

  /** Takes the lanes from `first` on of a window's ids [T·`width`]. */
  write(ids: Int32Array, first: number, width: number): void {
    const { unroll, vocabulary, lanes } = this.#shape;
    for (let t = 0; t < unroll; t++) {
      for (let lane = 0; lane < lanes; lane++) {
        const at = t * lanes + lane;
        const before = this.#ones[at] ?? -1;
        if (before >= 0) this.#columns[before] = 0;
        const id = ids[t * width + first + lane] ?? 0;
        const now = (t * vocabulary + id) * lanes + lane;
        this.#columns[now] = 1;
        this.#ones[at] = now;
      }
    }
  }
}

/** Takes the lanes from `first` on of a window's ids [T·`width`] into a sequence of ids [T, B]. */
export class Ids {
  readonly #ids: BigInt64Array;
  readonly #lanes: number;

  constructor(ids: BigInt64Array, lanes: number) {
    this.#ids = ids;
    this.#lanes = lanes;
  }

  write(ids: Int32Array, first: number, width: number): void {
    for (let at = 0; at < this.#ids.length; at++) {
      const lane = at % this.#lanes;
      const t = (at - lane) / this.#lanes;
      this.#ids[at] = BigInt(ids[t * width + first + lane] ?? 0);
    }
  }
}
