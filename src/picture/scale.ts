/** From values to places on a picture. */
export interface Scale {
  (value: number): number;
  /** Round values within the domain, in order. */
  readonly ticks: readonly number[];
}

export type Range = readonly [from: number, to: number];

/** The straight line that puts the ends of a domain, which must differ, at the ends of a range. */
export function linearScale(domain: Range, range: Range, mostTicks: number): Scale {
  const [first, last] = domain;
  const [begin, end] = range;
  const place = (value: number) => begin + ((value - first) / (last - first)) * (end - begin);
  return Object.assign(place, { ticks: roundValues(domain, mostTicks) });
}

/** Multiples of 1, 2 or 5 times a power of ten that lie within the ends, no more than `most` of them (2 or more). */
export function roundValues([from, to]: Range, most: number): number[] {
  const least = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((each) => each * power >= least) ?? 10;
  const first = Math.ceil(from / (factor * power) - 1e-9);
  const last = Math.floor(to / (factor * power) + 1e-9);
  // A quotient by a whole number is rounded once: 0.3, where a product would give 0.30000000000000004.
  const roundValue = (multiple: number) =>
    power < 1 ? (multiple * factor) / Math.round(1 / power) : multiple * factor * power;
  return Array.from({ length: last - first + 1 }, (_, place) => roundValue(first + place));
}
