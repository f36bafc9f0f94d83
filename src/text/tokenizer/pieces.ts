/** Characters of a piece at the most: bounds what a text without spaces costs. */
const longest = 32;

/**
 * The pieces that a text is cut into; tokens never reach from one into another. As a regular expression that
 * JavaScript and Hugging Face's `tokenizers` (Oniguruma) read alike; its matches are the whole text.
 */
export const piecePattern = [
  // A line ends in a token by itself, because verses and paragraphs stop there.
  '\\n',
  // So are digits and brackets: numbers are read digit by digit.
  '\\p{N}',
  '[\\p{Ps}\\p{Pe}]',
  // A word with the space before it; an apostrophe between letters belongs to it (don't).
  ` ?\\p{L}(?:[\\p{L}\\p{M}]|['’](?=\\p{L})){0,${longest - 1}}`,
  // Punctuation, symbols and whatever else, likewise.
  ` ?[^\\n\\t\\p{Zs}\\p{L}\\p{N}\\p{Ps}\\p{Pe}]{1,${longest}}`,
  // Spaces and tabs, but for the last one before a word.
  `[\\t\\p{Zs}]{1,${longest}}(?![^\\n\\t\\p{Zs}])`,
  '[\\t\\p{Zs}]',
].join('|');

/** Visits the pieces of a text in order. */
export function forEachPiece(text: string, visit: (piece: string) => void): void {
  const pattern = new RegExp(piecePattern, 'uy');
  for (let start = 0; start < text.length; start = pattern.lastIndex) {
    if (!pattern.test(text)) throw new TypeError(`no piece begins at ${start} of the text`);
    visit(text.slice(start, pattern.lastIndex));
  }
}
