const largestGroup = 20;
const fewestGroups = 20;
/** About how many characters are held out together. */
const usualLength = 10_000;

/**
 * The group of each of `count` paragraphs: groups of 20 in a row, or of the most that still give 20 groups, down to
 * single paragraphs. Groups are held out whole, so that what is judged does not lie between what is learned.
 */
export function groupParagraphs(count: number): number[] {
  // Groups of g give ceil(count / g) of them, which is 20 or more as long as count > 19 g.
  const fitting = Math.floor((count - 1) / (fewestGroups - 1));
  const group = Math.min(largestGroup, Math.max(1, fitting));
  return Array.from({ length: count }, (_, paragraph) => Math.floor(paragraph / group));
}

/**
 * Where the groups of any text begin: 20, or a multiple of it in a long text, of nearly the same length each. A group
 * begins at the paragraph that is nearest to where it would begin if all were equal; where none is near, at a line, at a
 * word, or in the end at that very character.
 */
export function groupEvenly(text: string): number[] {
  const groups = fewestGroups * Math.max(1, Math.round(text.length / usualLength / fewestGroups));
  const length = text.length / groups;
  return Array.from({ length: groups }, (_, group) =>
    group === 0 ? 0 : beginningNear(text, Math.round(group * length), Math.floor(length / 4)),
  );
}

/** What groups begin after, what parts a text most first. */
const separators = [/\n(?:[^\S\n]*\n)+/g, /\n/g, /[^\S\n]+/g];

/** @param reach how far off it may be, in UTF-16 units */
function beginningNear(text: string, target: number, reach: number): number {
  const from = target - reach;
  const near = text.slice(from, target + reach);
  for (const separator of separators) {
    let nearest: number | undefined;
    for (const { index, 0: between } of near.matchAll(separator)) {
      const beginning = index + between.length;
      if (beginning === near.length) break;
      if (Math.abs(beginning - reach) < Math.abs((nearest ?? Infinity) - reach))
        nearest = beginning;
    }
    if (nearest !== undefined) return from + nearest;
  }
  const isWithinCharacter = (text.codePointAt(target - 1) ?? 0) > 0xffff;
  return isWithinCharacter ? target + 1 : target;
}
