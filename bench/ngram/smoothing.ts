import type { Counting, Level } from './trie.ts';

/** How the n-grams of every length are joined into one probability. */
export interface Smoothing {
  readonly counting: Counting;
  /** Reads what it needs of all the counts, once. */
  prepare(levels: readonly Level[]): Interpolation;
}

/**
 * The probability of a character after a context, interpolated with `lower`, its probability after the context
 * without its first character. The context was followed by the grams `first` to `end - 1` of `levels[depth]`
 * (one at least); `child` is the one that ends with the character, or -1.
 */
type Interpolation = (
  depth: number,
  first: number,
  end: number,
  child: number,
  lower: number,
) => number;

/**
 * Witten-Bell (Witten and Bell 1991, method C; interpolated as in Chen and Goodman 1998, eq. 9-10):
 * `p = (c + T p') / (C + T)`, C being the sum and T the number of the context's different continuations.
 */
export const wittenBell: Smoothing = {
  counting: 'occurrences',
  prepare: (levels) => (depth, first, end, child, lower) => {
    const counts = levels[depth]?.counts ?? [];
    let sum = 0;
    for (let gram = first; gram < end; gram++) sum += counts[gram] ?? 0;
    const different = end - first;
    const count = child < 0 ? 0 : (counts[child] ?? 0);
    return (count + different * lower) / (sum + different);
  },
};

/**
 * Modified Kneser-Ney, interpolated (Chen and Goodman 1998, eq. 26-27):
 * `p = (c - D(c) + p' Σ D) / C`, where D takes its own value for counts of 1, of 2 and of 3 and more on each level.
 */
export const modifiedKneserNey: Smoothing = {
  counting: 'continuations',
  prepare: (levels) => {
    const discountsOf = levels.map((level) => discounts(level.counts));
    return (depth, first, end, child, lower) => {
      const counts = levels[depth]?.counts ?? [];
      const discount = discountsOf[depth] ?? [];
      let sum = 0;
      let taken = 0;
      for (let gram = first; gram < end; gram++) {
        const count = counts[gram] ?? 0;
        sum += count;
        taken += discount[Math.min(count, 3)] ?? 0;
      }
      const count = child < 0 ? 0 : (counts[child] ?? 0);
      return (count - (discount[Math.min(count, 3)] ?? 0) + taken * lower) / sum;
    };
  },
};

/**
 * What counts of 0, 1, 2 and 3 or more are lowered by: `D(k) = k - (k + 1) Y n(k+1) / n(k)` with
 * `Y = n(1) / (n(1) + 2 n(2))`, n(k) being how many grams were counted k times. Where a level has too few grams
 * for that, the value in the middle of what is possible.
 */
function discounts(counts: Uint32Array): readonly number[] {
  const times = [0, 0, 0, 0, 0];
  for (const count of counts) if (count < times.length) times[count] = (times[count] ?? 0) + 1;
  const [, one = 0, two = 0] = times;
  const y = one / (one + 2 * two);
  const some = [1, 2, 3].map((k) => {
    const discount = k - ((k + 1) * y * (times[k + 1] ?? 0)) / (times[k] ?? 0);
    return discount > 0 && discount <= k ? discount : k / 2;
  });
  return [0, ...some];
}
