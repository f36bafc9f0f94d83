const largestGroup = 20;
const fewestGroups = 20;

/**
 * The unit of each of `count` paragraphs: groups of 20 in a row, or of the most that still give 20 groups,
 * down to single paragraphs. Units are held out whole, so that what is judged does not lie between what is learnt.
 */
export function groupParagraphs(count: number): number[] {
  // Groups of g give ceil(count / g) of them, which is 20 or more as long as count > 19 g.
  const fitting = Math.floor((count - 1) / (fewestGroups - 1));
  const group = Math.min(largestGroup, Math.max(1, fitting));
  return Array.from({ length: count }, (_, paragraph) => Math.floor(paragraph / group));
}
