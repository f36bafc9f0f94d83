import type { TextScore } from './score.ts';

/**
 * How surprised a network is by a text that may be a passage of what it learned, or a part of one. Where passages begin
 * with a reference, the network expects one first, and the first words of a text without it would be charged for that: such
 * a text is read after a reference as well, which does not count, and the smaller surprise holds.
 *
 * @param text - in characters that the network knows
 * @param reference - such as the passages begin with; undefined where they bear none
 * @param score - scores a text with the network
 */
export async function scoreAsPassage(
  text: string,
  reference: string | undefined,
  score: (text: string) => Promise<TextScore>,
): Promise<TextScore> {
  const alone = await score(text);
  if (reference === undefined) return alone;
  const after = endOf(await score(`${reference} ${text}`), text);
  return after.bitsPerCharacter < alone.bitsPerCharacter ? after : alone;
}

/** The score of the text that another one ends with. */
function endOf(score: TextScore, text: string): TextScore {
  let first = score.tokens.length;
  for (let length = 0; length < text.length && first > 0; ) {
    first--;
    length += score.tokens[first]?.text.length ?? 0;
  }
  // The space before a word belongs to the word's first token.
  const tokens = score.tokens.slice(first).map((token, place) => {
    const own = place === 0 ? token.text.trimStart() : token.text;
    return { ...token, text: own, characters: [...own].length };
  });
  const characters = tokens.reduce((sum, token) => sum + token.characters, 0);
  const bits = tokens.reduce((sum, token) => sum + token.bits, 0);
  return { ...score, tokens, characters, bitsPerCharacter: bits / characters };
}
