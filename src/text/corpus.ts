/** What a text is made of: verses, each with its reference on one line (`Genesis 1:1 In the ...`), paragraphs with blank lines between, or lines. */
export type PassageKind = 'verse' | 'paragraph' | 'line';

/** A text to learn from. Its passages joined by blank lines, and a newline at the end, are the whole text. */
export interface Corpus {
  /** How a person names it: `bible`, `plato`, or a name of their own. */
  readonly name: string;
  /** How it is shown: `King James Bible`. */
  readonly title: string;
  readonly passageKind: PassageKind;
  /** The verses or paragraphs in the text's order; one may hold line breaks (a poem's), none a blank line. */
  readonly passages: readonly string[];
  /** The group (a chapter, paragraphs in a row) that each passage is held out with, counted from 0; as long as `passages`. */
  readonly heldOutGroups: readonly number[];
}

/** The parts of a corpus that training, choosing and judging keep apart. */
export interface Parts {
  readonly training: string;
  readonly validation: string;
  readonly test: string;
}

export type HeldOut = 'units' | 'none';

/** Every passage of the corpus, in order: what the vocabulary is made from. */
export function wholeText(corpus: Corpus): string {
  return joinPassages(corpus.passages);
}

/** Passages as a text has them: blank lines between, one newline at the end; of no passages, the empty text. */
export function joinPassages(passages: readonly string[]): string {
  return passages.length === 0 ? '' : `${passages.join('\n\n')}\n`;
}
