import { BadInput } from '../../errors.ts';
import { BpeTokenizer, type Merge } from './bpe-tokenizer.ts';
import type { CharacterTokenizer } from './character-tokenizer.ts';
import { PairHeap } from './pair-heap.ts';
import { PairLists, type Words } from './pair-lists.ts';
import { forEachPiece } from './pieces.ts';

/** Sizes that a vocabulary to be learned can have. */
export const vocabularySizes = { least: 128, most: 4096 } as const;

/** Characters of different pieces that are looked at: past these only pieces met before are counted. */
const mostSymbols = 16_000_000;

/**
 * Byte-pair encoding (Sennrich et al. 2016) over characters: the pair of neighbouring tokens that the text has most
 * often becomes a token, again and again, until there are `size` or no pair is there twice. Of pairs that are there as
 * often the one whose text comes first is taken, so that the same text always gives the same tokens.
 *
 * @param text what the pairs are counted in: the training part, so that what is held out stays unseen
 * @param alphabet the characters that a text to be encoded may have
 * @param size tokens, the characters included; at the most 4,096
 * @throws BadInput where the characters alone are as many
 */
export function learnBpe(text: string, alphabet: CharacterTokenizer, size: number): BpeTokenizer {
  if (alphabet.size >= size || size > vocabularySizes.most) {
    throw new BadInput(
      `The text has ${alphabet.size} different characters, and the vocabulary is to have ${size} tokens.`,
      alphabet.size < vocabularySizes.most
        ? `Use a --vocab-size above ${alphabet.size} and up to ${vocabularySizes.most}, or --tokenizer char.`
        : 'Use --tokenizer char.',
    );
  }
  const tokens = [...alphabet.tokens];
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const pairs = new PairLists(distinctPieces(text, alphabet), size);
  const textOf = (id: number): string => tokens[id] ?? '';
  const leftText = (key: number): string => textOf(pairs.left(key));
  const heap = new PairHeap((key, other) => {
    const [left, otherLeft] = [leftText(key), leftText(other)];
    if (left !== otherLeft) return left < otherLeft;
    return textOf(pairs.right(key)) < textOf(pairs.right(other));
  });
  for (const key of pairs.keys()) heap.push(key, pairs.count(key));
  const merges: Merge[] = [];
  while (tokens.length < size) {
    const pair = heap.pop();
    if (!pair) break;
    const count = pairs.count(pair.key);
    if (count !== pair.count) {
      // Pairs around a merge become fewer; they are put where they belong once they come up.
      if (count < pair.count && count >= 2) heap.push(pair.key, count);
      continue;
    }
    if (count < 2) break;
    const merge: Merge = [leftText(pair.key), textOf(pairs.right(pair.key))];
    merges.push(merge);
    const joined = merge.join('');
    // Two ways to the same letters lead to one token.
    const id = ids.get(joined) ?? tokens.push(joined) - 1;
    ids.set(joined, id);
    for (const key of pairs.merge(pair.key, id)) heap.push(key, pairs.count(key));
  }
  return new BpeTokenizer(tokens, merges);
}

/** The different pieces of a text, as symbols. */
function distinctPieces(text: string, alphabet: CharacterTokenizer): Words {
  const counted = new Map<string, number>();
  let length = 0;
  forEachPiece(text, (piece) => {
    const count = counted.get(piece);
    if (count !== undefined) counted.set(piece, count + 1);
    else if (piece.length > 1 && length < mostSymbols) {
      counted.set(piece, 1);
      length += piece.length;
    }
  });
  const symbols = new Int32Array(length); // [N]
  const next = new Int32Array(length); // [N]
  const previous = new Int32Array(length); // [N]
  const counts = new Int32Array(length); // [N]
  let end = 0;
  for (const [piece, count] of counted) {
    const start = end;
    for (const id of alphabet.encode(piece)) {
      symbols[end] = id;
      next[end] = end + 1;
      previous[end] = end === start ? -1 : end - 1;
      counts[end] = count;
      end++;
    }
    next[end - 1] = -1;
  }
  return {
    symbols: symbols.subarray(0, end),
    next: next.subarray(0, end),
    previous: previous.subarray(0, end),
    counts: counts.subarray(0, end),
  };
}
