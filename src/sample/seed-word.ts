import { setImmediate as turn } from 'node:timers/promises';
import { type PreparedPrompt, preparePrompt } from '../text/prompt.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/**
 * A seed of any characters as a network continues it.
 *
 * @param find - looks in the text that the network learned, where that is known: a whole word of it that the seed ends
 *   with gets no letters. Where it is not, no last word does.
 */
export function readSeed(
  asked: string,
  tokenizer: Tokenizer,
  find?: FindWord,
): { readonly prompt: PreparedPrompt; readonly endsWord: boolean } {
  const { seed, goesOn } = unmarkedSeed(asked);
  const prompt = preparePrompt(seed, tokenizer);
  return { prompt, endsWord: !goesOn && endsWholeWord(prompt.text, find) };
}

/** A seed without the mark that asks for its last word to be completed: a final `-` or `…`, as in `king-`. */
export function unmarkedSeed(seed: string): { readonly seed: string; readonly goesOn: boolean } {
  const [, before] = /^(.*[\p{L}\p{M}])[-…]$/su.exec(seed) ?? [];
  return before === undefined ? { seed, goesOn: false } : { seed: before, goesOn: true };
}

/** Whether some letters are a word of a text, begin one, or neither. */
export type FindWord = (letters: string) => 'word' | 'beginning' | 'none';

/**
 * Whether the word that a seed ends with is whole, so that no further letters belong to it: where it is a word of the
 * text (`king`), or where no word of the text begins so (`Henrique`). `beginnin` is to be finished.
 *
 * @param find - by `searchWords` for one seed, by `indexWords` for many. Without one every last word is whole: a finished
 *   word that is given letters (`Henriquest`) is worse than an unfinished one that is given none.
 */
export function endsWholeWord(seed: string, find: FindWord = () => 'none'): boolean {
  const [word] = /[\p{L}\p{M}]+$/u.exec(seed) ?? [];
  return word !== undefined && find(word) !== 'beginning';
}

/** Searches the whole text each time. */
export function searchWords(text: string): FindWord {
  return (letters) => {
    let begins = false;
    for (let at = text.indexOf(letters); at >= 0; at = text.indexOf(letters, at + 1)) {
      if (/[\p{L}\p{M}]$/u.test(text.slice(Math.max(0, at - 2), at))) continue;
      const end = at + letters.length;
      if (!/^[\p{L}\p{M}]/u.test(text.slice(end, end + 2))) return 'word';
      begins = true;
    }
    return begins ? 'beginning' : 'none';
  };
}

/** Words looked up before the event loop gets a turn. */
const wordsAtOnce = 50_000;

/** Reads the text once. */
export async function indexWords(text: string): Promise<FindWord> {
  const known = new Set<string>();
  let seen = 0;
  for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    known.add(word);
    if (++seen % wordsAtOnce === 0) await turn();
  }
  const words = [...known].sort();
  return (letters) => {
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((words[middle] ?? '') < letters) low = middle + 1;
      else high = middle;
    }
    const next = words[low] ?? '';
    if (next === letters) return 'word';
    return next.startsWith(letters) ? 'beginning' : 'none';
  };
}
