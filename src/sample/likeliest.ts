/** Where to cut a distribution: the next likeliest stays as long as all of these hold. */
export interface Cut {
  /** The least that the kept weights must add up to. */
  readonly sum: number;
  /** How many may stay; 0 for any number. */
  readonly count: number;
  /** The least weight that stays. */
  readonly each: number;
}

/**
 * Sets all weights but the likeliest to 0, in place; the largest always stays, and of equal weights the lower index
 * wins. Instead of sorting, a quickselect by weight (Hoare 1961) finds the last one that stays: O(V) on average for V
 * weights.
 */
export function keepLikeliest(weights: Float64Array, { sum, count, each }: Cut): void {
  const indices = new Int32Array(weights.length);
  let size = 0;
  for (let index = 0; index < weights.length; index++) {
    if ((weights[index] ?? 0) >= each) indices[size++] = index;
    else weights[index] = 0;
  }
  // Indices before `low` stay, those from `high` on do not.
  let low = 0;
  let high = size;
  let total = 0;
  while (low < high) {
    const { rank, before } = partition(indices, low, high, weights);
    const stays = rank === 0 || (total + before < sum && (count === 0 || rank < count));
    if (!stays) {
      high = rank;
      continue;
    }
    total += before + (weights[indices[rank] ?? 0] ?? 0);
    low = rank + 1;
  }
  for (let place = low; place < size; place++) weights[indices[place] ?? 0] = 0;
}

/** Moves everything likelier than a pivot before it. @returns the pivot's rank, and the sum of the weights before it */
function partition(
  indices: Int32Array,
  low: number,
  high: number,
  weights: Float64Array,
): { readonly rank: number; readonly before: number } {
  const last = high - 1;
  swap(indices, middleOf(indices, low, (low + last) >> 1, last, weights), last);
  const pivot = indices[last] ?? 0;
  const pivotWeight = weights[pivot] ?? 0;
  let rank = low;
  let before = 0;
  for (let at = low; at < last; at++) {
    const index = indices[at] ?? 0;
    const weight = weights[index] ?? 0;
    if (weight < pivotWeight || (weight === pivotWeight && index > pivot)) continue;
    before += weight;
    swap(indices, at, rank++);
  }
  swap(indices, rank, last);
  return { rank, before };
}

/** Which of three places has the middle weight. */
function middleOf(
  indices: Int32Array,
  a: number,
  b: number,
  c: number,
  weights: Float64Array,
): number {
  const weightAt = (place: number) => weights[indices[place] ?? 0] ?? 0;
  const [first, second, third] = [weightAt(a), weightAt(b), weightAt(c)];
  if (first < second) {
    if (second < third) return b;
    return first < third ? c : a;
  }
  if (first < third) return a;
  return second < third ? c : b;
}

function swap(indices: Int32Array, a: number, b: number): void {
  const index = indices[a] ?? 0;
  indices[a] = indices[b] ?? 0;
  indices[b] = index;
}
