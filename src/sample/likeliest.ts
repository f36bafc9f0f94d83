/** How much of a distribution is left: as long as all of these hold, the next likeliest stays. */
export interface Cut {
  /** What they have to weigh together at the least. */
  readonly sum: number;
  /** How many at the most; 0 is any number. */
  readonly count: number;
  /** What each has to weigh at the least. */
  readonly each: number;
}

/**
 * Sets all weights but the likeliest to 0, in place; the likeliest of all stays in any case. Of two as likely the one
 * of the lower index stays. A heap, of which only those that stay are taken: O(V + K log V) for K of V.
 */
export function keepLikeliest(weights: Float64Array, { sum, count, each }: Cut): void {
  const all = weights.slice();
  weights.fill(0);
  let size = 0;
  const heap = new Int32Array(all.length); // indices, the likeliest first
  for (let index = 0; index < all.length; index++) {
    const weight = all[index] ?? 0;
    if (weight > 0 && weight >= each) heap[size++] = index;
  }
  for (let at = (size >> 1) - 1; at >= 0; at--) sink(heap, size, at, all);
  let kept = 0;
  for (let total = 0; size > 0 && (kept === 0 || total < sum); kept++) {
    if (count > 0 && kept === count) return;
    const index = heap[0] ?? 0;
    const weight = all[index] ?? 0;
    weights[index] = weight;
    total += weight;
    heap[0] = heap[--size] ?? 0;
    sink(heap, size, 0, all);
  }
}

/** Puts what is at a place of the heap where it belongs among those below. */
function sink(heap: Int32Array, size: number, from: number, weights: Float64Array): void {
  const index = heap[from] ?? 0;
  const weight = weights[index] ?? 0;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let childIndex = heap[child] ?? 0;
    let childWeight = weights[childIndex] ?? 0;
    if (child + 1 < size) {
      const otherIndex = heap[child + 1] ?? 0;
      const otherWeight = weights[otherIndex] ?? 0;
      if (otherWeight > childWeight || (otherWeight === childWeight && otherIndex < childIndex)) {
        child++;
        childIndex = otherIndex;
        childWeight = otherWeight;
      }
    }
    if (weight > childWeight || (weight === childWeight && index < childIndex)) break;
    heap[at] = childIndex;
    at = child;
  }
  heap[at] = index;
}
