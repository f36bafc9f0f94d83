/** How the next character is chosen. */
export interface DrawOptions {
  /** 0 takes the likeliest; 1 follows the network's own chances; above 1 evens them out. */
  readonly temperature: number;
  /** Draws among the likeliest characters that together have at least this chance, 0 to 1; 1 is all. */
  readonly topP: number;
  /** Draws among so many of the likeliest; 0 is all. */
  readonly topK: number;
}

/** The id of a character drawn by its logit [V]; `random` gives numbers in [0, 1) and is asked once, or never at temperature 0. */
export function drawCharacter(
  logits: Float32Array,
  options: DrawOptions,
  random: () => number,
): number {
  const likeliest = indexOfLargest(logits);
  if (options.temperature === 0) return likeliest;
  const chances = chancesOf(logits, options.temperature);
  const kept = keptIds(chances, options);
  let total = 0;
  for (const id of kept) total += chances[id] ?? 0;
  let left = random() * total;
  for (const id of kept) {
    left -= chances[id] ?? 0;
    if (left < 0) return id;
  }
  // Rounding can leave a sliver above the last sum.
  return kept[0] ?? likeliest;
}

/** softmax(logits / temperature) [V], for a temperature above 0. */
export function chancesOf(logits: Float32Array, temperature: number): Float64Array {
  const largest = logits[indexOfLargest(logits)] ?? 0;
  const chances = new Float64Array(logits.length);
  let sum = 0;
  for (let id = 0; id < logits.length; id++) {
    const weight = Math.exp(((logits[id] ?? 0) - largest) / temperature);
    chances[id] = weight;
    sum += weight;
  }
  for (let id = 0; id < chances.length; id++) chances[id] = (chances[id] ?? 0) / sum;
  return chances;
}

/** The ids that may be drawn, the likeliest first where some are left out. */
function keptIds(
  chances: Float64Array,
  { topP, topK }: DrawOptions,
): Iterable<number> & ArrayLike<number> {
  const ids = Array.from(chances.keys());
  if (topP >= 1 && topK === 0) return ids;
  ids.sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0) || a - b);
  const most = topK > 0 ? Math.min(topK, ids.length) : ids.length;
  let sum = 0;
  let count = 0;
  while (count < most && (count === 0 || sum < topP)) sum += chances[ids[count++] ?? 0] ?? 0;
  return ids.slice(0, count);
}

function indexOfLargest(values: Float32Array): number {
  let largest = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[largest] ?? 0)) largest = index;
  }
  return largest;
}
