import { forEachPiece } from '../text/tokenizer/pieces.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** One way to have begun the letters that were taken back: tokens that are all of them but the last. */
export interface HealingStep {
  /** The step before it, by its place among the steps; -1 for the first, which is before all letters. */
  readonly before: number;
  /** The token that it reads; unused at the first. */
  readonly id: number;
  /** What of the letters is still to come. */
  readonly rest: string;
  /** The tokens that complete them, with what is beyond. */
  readonly endings: readonly { readonly id: number; readonly beyond: string }[];
}

/** A seed whose last word is taken back, to be read as it would be within a longer text. */
export interface Healing {
  /** The ids of what stays. */
  readonly head: Int32Array;
  /** Each after the one that it goes on from. */
  readonly steps: readonly HealingStep[];
}

/**
 * A text that breaks off within a word was never read so: `beginnin` of `beginning` has other tokens than the whole
 * word. So the last word is taken back, and what is drawn first is held to its letters (token healing). Each prefix of
 * the letters has one encoding, so there are no more ways than letters.
 *
 * @returns undefined where nothing is to be taken back
 */
export function healing(text: string, tokenizer: Tokenizer): Healing | undefined {
  if (tokenizer.kind === 'char') return undefined;
  const taken = lastWord(text);
  const letters = [...taken];
  const steps: { before: number; id: number; rest: string; endings: HealingStep['endings'] }[] = [];
  /** Places of the steps by the ids before them. */
  const places = new Map<string, number>();
  for (let count = 0; count < letters.length; count++) {
    const begun = tokenizer.encode(letters.slice(0, count).join(''));
    const rest = letters.slice(count).join('');
    const endings = endingsOf(tokenizer, rest);
    if (endings.length === 0) continue;
    let before = -1;
    for (let length = 0; length <= begun.length; length++) {
      const key = begun.subarray(0, length).join();
      const known = places.get(key);
      const id = begun[length - 1] ?? -1;
      if (known === undefined) {
        places.set(key, steps.length);
        const read = tokenizer.decode(begun.subarray(0, length));
        steps.push({ before, id, rest: taken.slice(read.length), endings: [] });
      }
      before = known ?? steps.length - 1;
    }
    const step = steps[before];
    if (step) step.endings = endings;
  }
  const isPlain = steps.length === 1 && steps[0]?.endings.length === 1;
  if (steps.length === 0 || isPlain) return undefined;
  return { head: tokenizer.encode(text.slice(0, text.length - taken.length)), steps };
}

/** The tokens that begin with some letters. */
function endingsOf(tokenizer: Tokenizer, rest: string): HealingStep['endings'] {
  return tokenizer.tokens.flatMap((token, id) =>
    token.startsWith(rest) ? [{ id, beyond: token.slice(rest.length) }] : [],
  );
}

/** The last piece of a text, with the one before it where it may be the same word's: `don` of `don'`. */
function lastWord(text: string): string {
  let [before, last] = ['', ''];
  // A piece is of 66 characters at the most: of these the last ones are cut as in the whole text, or nearly so.
  forEachPiece(text.slice(-200), (piece) => {
    [before, last] = [last, piece];
  });
  return /^['’]$/.test(last) && /\p{L}$/u.test(before) ? before + last : last;
}
