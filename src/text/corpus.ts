/** A text to learn from. Its pieces joined by blank lines, and a newline at the end, are the whole text. */
export interface Corpus {
  /** How a person names it: `bible`, `plato`, or a name of their own. */
  readonly name: string;
  /** How it is shown: `King James Bible`. */
  readonly title: string;
  /** What a piece is: a verse on its line (`Genesis 1:1 In the ...`), or a paragraph. */
  readonly piece: 'verse' | 'paragraph';
  /** The verses or paragraphs in the text's order; one may hold line breaks (a poem's), none a blank line. */
  readonly pieces: readonly string[];
  /** The unit (a chapter, a group of paragraphs) each piece belongs to, counted from 0; as long as `pieces`. */
  readonly units: readonly number[];
}

/** The parts of a corpus that training, choosing and judging keep apart. */
export interface Parts {
  readonly training: string;
  readonly validation: string;
  readonly test: string;
}

export type HeldOut = 'units' | 'none';

/** Every piece of the corpus, in order: what the vocabulary is made from. */
export function wholeText(corpus: Corpus): string {
  return joinPieces(corpus.pieces);
}

/** Pieces as a text has them: blank lines between, one newline at the end; of no pieces, the empty text. */
export function joinPieces(pieces: readonly string[]): string {
  return pieces.length === 0 ? '' : `${pieces.join('\n\n')}\n`;
}
