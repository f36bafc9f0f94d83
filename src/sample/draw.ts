/** How the next character is chosen. */
export interface DrawOptions {
  /** 0 takes the likeliest; 1 follows the network's own chances; above 1 evens them out. */
  readonly temperature: number;
  /** Draws among the likeliest characters that together have at least this chance, 0 to 1; 1 is all. */
  readonly topP: number;
  /** Draws among so many of the likeliest; 0 is all. */
  readonly topK: number;
}

/** How it is chosen unless told otherwise; docs/quality.md says what other ways do to a text. */
export const usualDraw: DrawOptions = { temperature: 0.9, topP: 0.9, topK: 0 };

/**
 * The id of a character drawn by its logit [V]. `random` gives numbers in [0, 1) and is asked once, or never at
 * temperature 0.
 */
export function drawCharacter(
  logits: Float32Array,
  options: DrawOptions,
  random: () => number,
): number {
  const { temperature, topP, topK } = options;
  if (temperature === 0) return indexOfLargest(logits);
  const weights = exponentials(logits, temperature);
  if (topP < 1 || topK > 0) leaveOut(weights, topP * sumOf(weights), topK);
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

/**
 * Leaves the likeliest until they weigh `enough` together, `most` of them at most (0: all), and sets the others to 0.
 * Of two as likely the one of the lower id stays. The few likeliest are looked for one by one, which is quicker than
 * putting all in order.
 */
function leaveOut(weights: Float64Array, enough: number, most: number): void {
  const all = weights.slice();
  weights.fill(0);
  let sum = 0;
  for (let kept = 0; kept < (most || all.length) && (kept === 0 || sum < enough); kept++) {
    const id = indexOfLargest(all);
    const weight = all[id] ?? 0;
    if (weight <= 0) return;
    weights[id] = weight;
    all[id] = 0;
    sum += weight;
  }
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
