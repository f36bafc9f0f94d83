/** Where a line or a sentence ends: the place after its last character. */
const ends = /[^\n](?=\n)|[.?!]["')\]]*(?=\s|$)/g;

/**
 * As much of the beginning of a text as fits, to the end of a line or a sentence; where not even one fits, to the
 * end of a word.
 *
 * @returns the text, and whether it ends where a line or a sentence does
 */
export function endWithin(
  text: string,
  fits: (beginning: string) => boolean,
): { readonly text: string; readonly whole: boolean } {
  const beginningsAt = (pattern: RegExp) =>
    Array.from(text.matchAll(pattern), (match) => text.slice(0, match.index + match[0].length));
  const whole = beginningsAt(ends).findLast(fits);
  if (whole !== undefined) return { text: whole, whole: true };
  return { text: beginningsAt(/\S(?=\s)/g).findLast(fits) ?? '', whole: false };
}
