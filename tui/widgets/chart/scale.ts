/** A stretch of an axis. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** The place from 0 to `steps - 1` of a value in a range; below 0 or above where it lies outside. */
export function placeIn({ from, to }: Range, value: number, steps: number): number {
  if (to === from) return 0;
  return Math.round(((value - from) / (to - from)) * (steps - 1));
}

/** Round numbers in a range, at most so many of them: multiples of 1, 2 or 5 times a power of ten. */
export function ticks({ from, to }: Range, most: number): number[] {
  const step = roundStep((to - from) / Math.max(1, most));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  if (!(last >= first)) return [];
  if (last - first + 1 > most)
    return ticks({ from, to: to + (to - from) / most }, most).filter((at) => at <= to);
  return Array.from({ length: last - first + 1 }, (_, place) => rounded((first + place) * step));
}

/** Ticks with as many decimals as tell them apart. */
export function numberTicks(range: Range, most: number): Tick[] {
  const places = ticks(range, most);
  const decimals = Math.max(0, ...places.map((at) => String(at).split('.')[1]?.length ?? 0));
  return places.map((at) => ({ at, label: at.toFixed(decimals) }));
}

/** How values become places along an axis. */
export interface Scale {
  readonly at: (value: number) => number;
  /** Round values in a range, at most so many. */
  readonly ticks: (range: Range, most: number) => Tick[];
}

export const linear: Scale = { at: (value) => value, ticks: numberTicks };

/**
 * By the logarithm of the distance to a floor a little below the lowest value: what falls ever more slowly is spread
 * out. Values below the lowest stand where it does.
 */
export function logarithmicAbove(lowest: number): Scale {
  const floor = lowest - Math.max(1e-3, Math.abs(lowest) * 0.02);
  const at = (value: number) => Math.log10(Math.max(lowest, value) - floor);
  return {
    at,
    ticks: ({ from, to }, most) => {
      const places = Array.from({ length: most }, (_, place) => {
        const share = most > 1 ? place / (most - 1) : 0;
        return floor + 10 ** (at(from) + share * (at(to) - at(from)));
      });
      const decimals = to - from < 0.5 ? 3 : 2;
      return places.map((value) => ({ at: value, label: value.toFixed(decimals) }));
    },
  };
}

/** Units of time with the steps that ticks can stand apart, each used from so many seconds on. */
const timeUnits = [
  { name: 'd', size: 86_400, from: 3 * 86_400, steps: [1, 2, 5, 10, 20, 50, 100] },
  { name: 'h', size: 3600, from: 3 * 3600, steps: [1, 2, 3, 6, 12, 24] },
  { name: 'min', size: 60, from: 120, steps: [1, 2, 5, 10, 15, 30, 60] },
  { name: 's', size: 1, from: 0, steps: [1, 2, 5, 10, 15, 30, 60] },
] as const;

/** Round times in a range of seconds, at most so many: `0`, `5 min`, `10 min`. */
export function timeTicks({ from, to }: Range, most: number): Tick[] {
  const unit = timeUnits.find((each) => to >= each.from) ?? timeUnits[3];
  const count = (step: number) => Math.floor(to / step) - Math.ceil(from / step) + 1;
  const step = unit.steps.map((each) => each * unit.size).find((each) => count(each) <= most);
  if (step === undefined) return [];
  const first = Math.ceil(from / step);
  return Array.from({ length: count(step) }, (_, place) => {
    const at = (first + place) * step;
    return { at, label: at === 0 ? '0' : `${at / unit.size} ${unit.name}` };
  });
}

/**
 * The range of values to show: everything from the lowest up to where all but a share of them lie, rounded outwards
 * to what ticks stand at. A loss falls steeply at first; shown whole, the rest would be a flat line.
 * @param always values that must lie inside
 */
export function valueRange(
  values: readonly number[],
  always: readonly number[] = [],
  shareAbove = 0.03,
): Range {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const most = sorted[Math.max(0, Math.ceil(sorted.length * (1 - shareAbove)) - 1)];
  const low = Math.min(sorted[0] ?? Infinity, ...always);
  const high = Math.max(most ?? -Infinity, ...always);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { from: 0, to: 1 };
  const step = roundStep((high - low || Math.abs(high) || 1) / 20);
  const from = rounded(Math.floor(low / step + 1e-9) * step);
  const to = rounded(Math.ceil(high / step - 1e-9) * step);
  return { from, to: to > from ? to : rounded(from + step) };
}

/** The smallest of 1, 2, 5 times a power of ten that is not below a number. */
function roundStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return rounded(factor * power);
}

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** Rows near the wanted ones, one label each, in their order: from 0 to `rows - 1`, as many as fit. */
export function spreadLabels(wanted: readonly number[], rows: number): number[] {
  const placed = wanted.map((row) => Math.max(0, Math.min(rows - 1, Math.round(row))));
  for (let index = 1; index < placed.length; index++) {
    placed[index] = Math.max(placed[index] ?? 0, (placed[index - 1] ?? 0) + 1);
  }
  let limit = rows - 1;
  for (let index = placed.length - 1; index >= 0; index--) {
    placed[index] = Math.min(placed[index] ?? 0, limit);
    limit = (placed[index] ?? 0) - 1;
  }
  return placed;
}
