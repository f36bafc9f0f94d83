/** The lanes of a batch that one thread computes: `count` of all `width`, from `first` on. */
export interface BatchSlice {
  readonly first: number;
  readonly count: number;
  readonly width: number;
}

/** `width` lanes in as many slices as there are threads, or lanes where those are fewer. */
export function batchSlices(width: number, threads: number): BatchSlice[] {
  const count = Math.min(threads, width);
  return Array.from({ length: count }, (_, index) => {
    const first = Math.floor((index * width) / count);
    return { first, count: Math.floor(((index + 1) * width) / count) - first, width };
  });
}

/** Copies the columns of a slice between an array of all lanes [F, width] and one of its own [F, count]. */
export function copyLanes(
  { first, count, width }: BatchSlice,
  all: Float32Array,
  own: Float32Array,
  direction: 'in' | 'out',
): void {
  for (let row = 0; row * width < all.length; row++) {
    const inAll = all.subarray(row * width + first, row * width + first + count);
    const inOwn = own.subarray(row * count, (row + 1) * count);
    if (direction === 'in') inOwn.set(inAll);
    else inAll.set(inOwn);
  }
}

/** Copies the lanes of a slice out of a window's ids [T·width] into a graph's [T, count]. */
export function copyIds(
  { first, count, width }: BatchSlice,
  all: Int32Array,
  own: BigInt64Array,
): void {
  for (let at = 0; at < own.length; at++) {
    const lane = at % count;
    own[at] = BigInt(all[((at - lane) / count) * width + first + lane] ?? 0);
  }
}
