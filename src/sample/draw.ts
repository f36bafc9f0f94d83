import { keepLikeliest } from './likeliest.ts';

/** How the next token is chosen. */
export interface DrawOptions {
  /** 0 takes the likeliest; 1 follows the network's own probabilities; above 1 evens them out. */
  readonly temperature: number;
  /** Samples from the likeliest tokens that together have at least this probability, 0 to 1; 1 for all. */
  readonly topP: number;
  /** Samples from the N likeliest tokens only; 0 for all of them. */
  readonly topK: number;
  /**
   * Samples from tokens at least this fraction as likely as the likeliest (min-p, Nguyen et al. 2024), 0 to 1.
   * @default 0, for all
   */
  readonly minP?: number;
}

/** How a token is drawn by default; docs/quality.md says what other ways do to a text. */
export const usualDraw: Required<DrawOptions> = { temperature: 0.9, topP: 1, topK: 0, minP: 0.1 };

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

/** An index drawn in proportion to the weights that the options leave in. Changes the weights. */
export function drawWeighted(
  weights: Float64Array,
  { topP, topK, minP = 0 }: Omit<DrawOptions, 'temperature'>,
  random: () => number,
): number {
  if (topP < 1 || topK > 0 || minP > 0) {
    const whole = sumOf(weights);
    const sum = topP < 1 ? topP * whole : Number.POSITIVE_INFINITY;
    // Weights below this add up to less than top-p cuts off, so none of them can stay. (0.999: sums are rounded.)
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

/** exp((logit − the largest) / temperature) [V]: unnormalized probabilities. */
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
