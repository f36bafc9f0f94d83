import { forEachPiece } from '../text/tokenizer/pieces.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** One partial tokenization of the letters that were taken back: all its tokens but the last. */
export interface HealingStep {
  /** Index of the step before it; -1 for the first, which precedes all letters. */
  readonly before: number;
  /** The token it reads; unused in the first step. */
  readonly id: number;
  /** The letters still to come. */
  readonly rest: string;
  /** The tokens that complete them, and what each adds beyond them. */
  readonly endings: readonly { readonly id: number; readonly beyond: string }[];
}

/** A seed whose last word is taken back, so that it is tokenized as it would be within a longer text. */
export interface Healing {
  /** Token ids of the part that stays. */
  readonly head: Int32Array;
  /** Each one after the step it continues. */
  readonly steps: readonly HealingStep[];
}

/**
 * In training the network never saw a word cut short: `beginnin` has other tokens than `beginning`. So the last word is
 * taken back, and the first tokens drawn must match its letters (token healing). Each prefix of the letters has one
 * encoding, so there are no more paths than letters.
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

/** The last piece of a text, with the one before it if both may belong to one word: `don` of `don'`. */
function lastWord(text: string): string {
  let [before, last] = ['', ''];
  // A piece has at most 66 characters, so the end of this slice splits as it does in the whole text, or nearly so.
  forEachPiece(text.slice(-200), (piece) => {
    [before, last] = [last, piece];
  });
  return /^['’]$/.test(last) && /\p{L}$/u.test(before) ? before + last : last;
}
