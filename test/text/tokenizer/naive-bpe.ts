import { piecePattern } from '../../../src/text/tokenizer/pieces.ts';

type Pair = readonly [left: string, right: string];

/** Byte-pair encoding as its paper tells it, on strings, all pairs counted anew for each merge: for small texts. */
export function naiveMerges(text: string, tokens: number): Pair[] {
  const known = new Set(text);
  let words = piecesOf(text);
  const merges: Pair[] = [];
  while (known.size < tokens) {
    const counts = new Map<string, { pair: Pair; count: number }>();
    for (const word of words) {
      for (const [at, right] of word.slice(1).entries()) {
        const pair: Pair = [word[at] ?? '', right];
        const key = JSON.stringify(pair);
        counts.set(key, { pair, count: (counts.get(key)?.count ?? 0) + 1 });
      }
    }
    const [best] = [...counts.values()].sort(
      (one, other) =>
        other.count - one.count ||
        compare(one.pair[0], other.pair[0]) ||
        compare(one.pair[1], other.pair[1]),
    );
    if (!best || best.count < 2) break;
    merges.push(best.pair);
    known.add(best.pair.join(''));
    words = words.map((word) => mergeAll(word, best.pair));
  }
  return merges;
}

/** A text's tokens: in each piece the pair learned first is merged, the leftmost first, until none is left. */
export function naiveTokens(text: string, merges: readonly Pair[]): string[] {
  return piecesOf(text).flatMap((word) => {
    let tokens = word;
    for (;;) {
      const merge = merges.find(([left, right]) => placeOf(tokens, left, right) >= 0);
      if (!merge) return tokens;
      const place = placeOf(tokens, ...merge);
      tokens = [...tokens.slice(0, place), merge.join(''), ...tokens.slice(place + 2)];
    }
  });
}

function piecesOf(text: string): string[][] {
  return (text.match(new RegExp(piecePattern, 'gu')) ?? []).map((piece) => [...piece]);
}

function placeOf(tokens: readonly string[], left: string, right: string): number {
  return tokens.findIndex((token, at) => token === left && tokens[at + 1] === right);
}

function mergeAll(word: readonly string[], [left, right]: Pair): string[] {
  const merged: string[] = [];
  for (let at = 0; at < word.length; at++) {
    if (word[at] === left && word[at + 1] === right) {
      merged.push(left + right);
      at++;
    } else merged.push(word[at] ?? '');
  }
  return merged;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
