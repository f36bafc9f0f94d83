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
 * of the lower index stays. Nothing is sorted: a quickselect by weight (Hoare 1961) finds the last that stays, in O(V)
 * for V weights on average.
 */
export function keepLikeliest(weights: Float64Array, { sum, count, each }: Cut): void {
  const indices = new Int32Array(weights.length);
  let size = 0;
  for (let index = 0; index < weights.length; index++) {
    if ((weights[index] ?? 0) >= each) indices[size++] = index;
    else weights[index] = 0;
  }
  // Of the indices those before `low` stay, and those from `high` on do not.
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

/** Puts those that are likelier than one of them before it; tells its place, and what they weigh. */
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
