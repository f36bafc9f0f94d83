/** Visits the characters of a text in order, and returns how many there are. */
export function forEachCodePoint(
  text: string,
  visit: (codePoint: number, place: number) => void,
): number {
  let place = 0;
  for (let at = 0; at < text.length; place++) {
    const codePoint = text.codePointAt(at) ?? 0;
    visit(codePoint, place);
    at += codePoint > 0xffff ? 2 : 1;
  }
  return place;
}

/** The code point of a string that is one character, else undefined. */
export function singleCodePoint(value: unknown): number | undefined {
  if (typeof value !== 'string' || !value.isWellFormed()) return undefined;
  const codePoint = value.codePointAt(0);
  if (codePoint === undefined || value.length !== (codePoint > 0xffff ? 2 : 1)) return undefined;
  return codePoint;
}

/** A character as an error names it: `"é" (U+00E9)`. */
export function describeCodePoint(codePoint: number): string {
  const digits = codePoint.toString(16).toUpperCase().padStart(4, '0');
  return `${JSON.stringify(String.fromCodePoint(codePoint))} (U+${digits})`;
}
