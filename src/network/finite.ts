import type { NamedArray } from './config.ts';

/** A number of an array that is none, or infinite. */
export interface NonFinite {
  readonly value: number;
  /** Its index along each axis. */
  readonly place: readonly number[];
}

/** The first number of an array that is not finite. */
export function findNonFinite({ shape, data }: NamedArray): NonFinite | undefined {
  for (let index = 0; index < data.length; index++) {
    const value = data[index] ?? 0;
    if (!Number.isFinite(value)) return { value, place: placeOf(index, shape) };
  }
  return undefined;
}

function placeOf(index: number, shape: readonly number[]): number[] {
  let rest = index;
  return shape
    .toReversed()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .reverse();
}
