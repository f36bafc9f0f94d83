/** The different n-grams of one length, in the order of (the n-gram without its last character, its last character). */
export interface Level {
  /** The last character of each n-gram. */
  readonly characters: Uint16Array;
  /** How often each n-gram was counted. */
  readonly counts: Uint32Array;
  /** Gram g of the level before is extended by the grams `firstChild[g]` to `firstChild[g + 1] - 1` of this one. */
  readonly firstChild: Uint32Array;
}

/** `occurrences`: places in the text. `continuations`: the different characters before it (Kneser and Ney 1995). */
export type Counting = 'occurrences' | 'continuations';

/**
 * Counts the n-grams of a text, those of length n in level n - 1.
 * Continuations are not known of the longest ones, so the last level holds occurrences all the same.
 *
 * @param text character ids, each below `vocabularySize`; `text.length * vocabularySize` below 2^32
 * @param order the length of the longest n-grams, 1 or more
 */
export function countNgrams(
  text: Int32Array,
  vocabularySize: number,
  order: number,
  counting: Counting,
): readonly Level[] {
  if (text.length * vocabularySize >= 2 ** 32) {
    throw new RangeError(
      `${text.length} characters of ${vocabularySize} do not fit in 32-bit keys`,
    );
  }
  const levels: Level[] = [];
  // The gram of the current length that starts at each place. There is one of length 0, at every place.
  let grams: Uint32Array = new Uint32Array(text.length);
  let different = 1;
  for (let length = 1; length <= Math.min(order, text.length); length++) {
    const level = extend(text, vocabularySize, grams, length, different);
    const longer = gramsAt(text, level, grams, length);
    const shorter = levels.at(-1);
    if (shorter && counting === 'continuations') {
      shorter.counts.set(continuations(grams, different, longer, level.counts.length));
    }
    levels.push(level);
    grams = longer;
    different = level.counts.length;
  }
  return levels;
}

/** The n-gram that extends gram `parent` by `character`, or -1. */
export function childOf(level: Level, parent: number, character: number): number {
  let low = level.firstChild[parent] ?? 0;
  let high = (level.firstChild[parent + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = level.characters[middle] ?? 0;
    if (found === character) return middle;
    if (found < character) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function extend(
  text: Int32Array,
  vocabularySize: number,
  grams: Uint32Array,
  length: number,
  parents: number,
): Level {
  const keys = new Uint32Array(text.length - length + 1);
  for (let place = 0; place < keys.length; place++) {
    keys[place] = (grams[place] ?? 0) * vocabularySize + (text[place + length - 1] ?? 0);
  }
  keys.sort();
  let different = 0;
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) different++;

  const characters = new Uint16Array(different);
  const counts = new Uint32Array(different);
  const firstChild = new Uint32Array(parents + 1);
  let gram = -1;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    if (i === 0 || key !== keys[i - 1]) {
      gram++;
      characters[gram] = key % vocabularySize;
      const next = Math.floor(key / vocabularySize) + 1;
      firstChild[next] = gram + 1;
    }
    counts[gram] = (counts[gram] ?? 0) + 1;
  }
  // A gram that nothing follows (the text's last) begins and ends where the one before it ended.
  for (let parent = 1; parent <= parents; parent++) {
    firstChild[parent] = Math.max(firstChild[parent] ?? 0, firstChild[parent - 1] ?? 0);
  }
  return { characters, counts, firstChild };
}

function gramsAt(text: Int32Array, level: Level, grams: Uint32Array, length: number): Uint32Array {
  const longer = new Uint32Array(text.length - length + 1);
  for (let place = 0; place < longer.length; place++) {
    longer[place] = childOf(level, grams[place] ?? 0, text[place + length - 1] ?? 0);
  }
  return longer;
}

/** For each gram, how many different longer ones end with it. */
function continuations(
  grams: Uint32Array,
  different: number,
  longer: Uint32Array,
  differentLonger: number,
): Uint32Array {
  const counts = new Uint32Array(different);
  const seen = new Uint8Array(differentLonger);
  // What the text begins with has the beginning before it: one more character.
  counts[grams[0] ?? 0] = 1;
  for (let place = 0; place < longer.length; place++) {
    const whole = longer[place] ?? 0;
    if (seen[whole]) continue;
    seen[whole] = 1;
    const ending = grams[place + 1] ?? 0;
    counts[ending] = (counts[ending] ?? 0) + 1;
  }
  return counts;
}
