/** How many characters a text has: Unicode code points, as everywhere that a number of characters is shown. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    // The second half of a character that takes two places in memory is not one of its own.
    if ((text.codePointAt(at) ?? 0) > 0xffff) {
      count--;
      at++;
    }
  }
  return count;
}

/**
 * The one preparation of every text that a network learns, reads or is asked to continue: each line ends in `\n`, and
 * no byte order mark stands before it.
 */
export function normalizeText(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
}

/** How often a text has each of its characters, the most frequent first. */
export function characterCounts(text: string): (readonly [character: string, count: number])[] {
  const counts = new Uint32Array(0x110000);
  for (let at = 0; at < text.length; at++) {
    const codePoint = text.codePointAt(at) ?? 0;
    counts[codePoint] = (counts[codePoint] ?? 0) + 1;
    if (codePoint > 0xffff) at++;
  }
  const found: (readonly [string, number])[] = [];
  counts.forEach((count, codePoint) => {
    if (count > 0) found.push([String.fromCodePoint(codePoint), count]);
  });
  return found.sort(([, one], [, other]) => other - one);
}
