import type { Smoothing } from './smoothing.ts';
import { childOf, countNgrams } from './trie.ts';

/** A character n-gram model, and where it stands in a text. */
export interface NgramModel {
  /** Forgets what it has read. */
  restart(): void;
  /** Reads one character: from now on it belongs to the context. */
  read(character: number): void;
  /** The probability that `character` comes next, above 0; over the whole vocabulary they sum to 1. */
  probability(character: number): number;
}

/**
 * Learns a text.
 *
 * @param text character ids, each below `vocabularySize`
 * @param order the longest n-gram: a context of order - 1 characters and the one after it
 */
export function ngramModel(
  text: Int32Array,
  vocabularySize: number,
  order: number,
  smoothing: Smoothing,
): NgramModel {
  const levels = countNgrams(text, vocabularySize, order, smoothing.counting);
  const interpolate = smoothing.prepare(levels);
  // contexts[n]: the last n characters read, as a gram of their length; -1 where the text has no such gram.
  const contexts = new Int32Array(levels.length).fill(-1, 1);

  return {
    restart: () => void contexts.fill(-1, 1),
    read: (character) => {
      for (let length = contexts.length - 1; length > 0; length--) {
        const before = contexts[length - 1] ?? -1;
        const level = levels[length - 1];
        contexts[length] = level && before >= 0 ? childOf(level, before, character) : -1;
      }
    },
    probability: (character) => {
      let probability = 1 / vocabularySize;
      for (const [depth, level] of levels.entries()) {
        const context = contexts[depth] ?? -1;
        if (context < 0) break;
        const first = level.firstChild[context] ?? 0;
        const end = level.firstChild[context + 1] ?? 0;
        if (first === end) break;
        const child = childOf(level, context, character);
        probability = interpolate(depth, first, end, child, probability);
      }
      return probability;
    },
  };
}

/**
 * Bits per character of a text under a model that has read `before` (a newline, as at the beginning of a piece)
 * and then each character once it is scored.
 */
export function bitsPerCharacter(model: NgramModel, text: Int32Array, before: number): number {
  model.restart();
  model.read(before);
  let bits = 0;
  for (const character of text) {
    bits -= Math.log2(model.probability(character));
    model.read(character);
  }
  return bits / text.length;
}
