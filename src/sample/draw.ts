import { keepLikeliest } from './likeliest.ts';

/** How the next token is chosen. */
export interface DrawOptions {
  /** 0 takes the likeliest; 1 follows the network's own probabilities; above 1 evens them out. */
  readonly temperature: number;
  /** Draws among the likeliest tokens that together have at least this probability, 0 to 1; 1 is all. */
  readonly topP: number;
  /** Draws among so many of the likeliest; 0 is all. */
  readonly topK: number;
  /**
   * Draws among those that are at least this share as likely as the likeliest (min-p, Nguyen et al. 2024), 0 to 1.
   * @default 0, all
   */
  readonly minP?: number;
}

/** How a token is drawn by default; docs/quality.md says what other ways do to a text. */
export const usualDraw: DrawOptions = { temperature: 0.9, topP: 0.9, topK: 0 };

/**
 * The id of a token drawn by its logit [V]. `random` gives numbers in [0, 1) and is asked once, or never at
 * temperature 0.
 */
export function drawToken(
  logits: Float32Array,
  options: DrawOptions,
  random: () => number,
): number {
  const { temperature } = options;
  if (temperature === 0) return indexOfLargest(logits);
  return drawWeighted(exponentials(logits, temperature), options, random);
}

/** An index drawn by weights, of which some are left out; the weights are changed. */
export function drawWeighted(
  weights: Float64Array,
  { topP, topK, minP = 0 }: Omit<DrawOptions, 'temperature'>,
  random: () => number,
): number {
  if (topP < 1 || topK > 0 || minP > 0) {
    const whole = sumOf(weights);
    const sum = topP < 1 ? topP * whole : Number.POSITIVE_INFINITY;
    // All that are lighter than this weigh less together than top-p leaves out, so none of them can stay. (A little
    // less, since sums are rounded.)
    const negligible = topP < 1 ? (0.999 * (whole - sum)) / weights.length : 0;
    const least = minP > 0 ? minP * (weights[indexOfLargest(weights)] ?? 0) : 0;
    keepLikeliest(weights, { sum, count: topK, each: Math.max(least, negligible) });
  }
  let left = random() * sumOf(weights);
  let last = 0;
  for (let id = 0; id < weights.length; id++) {
    const weight = weights[id] ?? 0;
    if (weight === 0) continue;
    left -= weight;
    if (left < 0) return id;
    last = id;
  }
  // Rounding can leave a sliver above the last sum.
  return last;
}

/** softmax(logits / temperature) [V], for a temperature above 0. */
export function chancesOf(logits: Float32Array, temperature: number): Float64Array {
  const weights = exponentials(logits, temperature);
  const sum = sumOf(weights);
  return weights.map((weight) => weight / sum);
}

/** exp((logit − the largest) / temperature) [V]: the chances, but for a factor. */
function exponentials(logits: Float32Array, temperature: number): Float64Array {
  const largest = logits[indexOfLargest(logits)] ?? 0;
  const weights = new Float64Array(logits.length);
  for (let id = 0; id < logits.length; id++) {
    weights[id] = Math.exp(((logits[id] ?? 0) - largest) / temperature);
  }
  return weights;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum;
}

function indexOfLargest(values: Float32Array | Float64Array): number {
  let largest = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[largest] ?? 0)) largest = index;
  }
  return largest;
}
