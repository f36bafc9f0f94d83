import { withoutAccents } from '../../src/text/without-accents.ts';

/**
 * The passages that have all the words of what was typed, those that have them side by side first.
 *
 * @param text - the words of a passage
 * @returns their places, in the text's order
 */
export function searchPassages(
  passages: readonly string[],
  typed: string,
  text: (passage: string) => string,
): number[] {
  const words = comparable(typed)
    .split(' ')
    .filter((word) => word !== '');
  if (words.join('').length < shortest) return [];
  const phrase = ` ${words.join(' ')} `;
  const together: number[] = [];
  const apart: number[] = [];
  for (const [place, passage] of passages.entries()) {
    const searched = ` ${comparable(text(passage))} `;
    if (searched.includes(phrase)) together.push(place);
    else if (words.every((word) => searched.includes(` ${word} `))) apart.push(place);
  }
  return [...together, ...apart];
}

/** Of fewer letters everything has them. */
const shortest = 2;

function comparable(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
