/** A seed without the mark that says that its last word goes on: a `-` or `…` at its end, as in `king-`. */
export function unmarkedSeed(seed: string): { readonly seed: string; readonly goesOn: boolean } {
  const [, before] = /^(.*[\p{L}\p{M}])[-…]$/su.exec(seed) ?? [];
  return before === undefined ? { seed, goesOn: false } : { seed: before, goesOn: true };
}

/**
 * Whether the word that a seed ends with is whole, so that no further letters belong to it: where it is a word of the
 * text (`king`), or where no word of the text begins so (`Henrique`). `beginnin` is to be finished.
 */
export function endsWholeWord(seed: string, text: string): boolean {
  const [word] = /[\p{L}\p{M}]+$/u.exec(seed) ?? [];
  if (word === undefined) return false;
  let begins = false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (/[\p{L}\p{M}]$/u.test(text.slice(Math.max(0, at - 2), at))) continue;
    const end = at + word.length;
    if (!/^[\p{L}\p{M}]/u.test(text.slice(end, end + 2))) return true;
    begins = true;
  }
  return !begins;
}
