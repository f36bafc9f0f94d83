/** What a text is made of: verses, each with its reference on one line (`Genesis 1:1 In the ...`), paragraphs with blank lines between, or lines. */
export type PassageKind = 'verse' | 'paragraph' | 'line';

/** A text to learn from. */
export interface Corpus {
  /** How a person names it: `bible`, `plato`, or a name of their own. */
  readonly name: string;
  /** How it is shown: `King James Bible`. */
  readonly title: string;
  readonly passageKind: PassageKind;
  /** The whole text: what the vocabulary is made from. */
  readonly text: string;
  /**
   * Where each group (a chapter, paragraphs in a row) begins that is held out as a whole or not at all: ascending places
   * in `text`, in UTF-16 units, the first of them 0.
   */
  readonly heldOutGroups: readonly number[];
}

/** The parts of a corpus that training, choosing and judging keep apart. */
export interface Parts {
  readonly training: string;
  readonly validation: string;
  readonly test: string;
}

/** Whether groups of passages are held out for validation and test (`units`), or the whole text is trained on. */
export type HeldOut = 'units' | 'none';

/** Where a passage begins in its text, in UTF-16 units, and what it says, without the line break that ends it. */
export interface Passage {
  readonly start: number;
  readonly text: string;
}

/** The verses, paragraphs or lines of a text, in order; none of them is blank. */
export function passagesOf({ text, passageKind }: Pick<Corpus, 'text' | 'passageKind'>): Passage[] {
  const passages: Passage[] = [];
  const separator = passageKind === 'line' ? /\n+/g : /(?:^|\n)(?:[^\S\n]*\n)+/g;
  let start = 0;
  const add = (end: number) => {
    const passage = text.slice(start, end);
    if (passage.trim() !== '') passages.push({ start, text: passage });
  };
  for (const { index, 0: between } of text.matchAll(separator)) {
    add(index);
    start = index + between.length;
  }
  add(text.endsWith('\n') && start < text.length ? text.length - 1 : text.length);
  return passages;
}

/**
 * The corpus that passages make with blank lines between them and a newline at the end.
 * @param groupOf the group that each passage is held out with, counted from 0; as long as `passages`
 */
export function corpusOfPassages(
  card: Pick<Corpus, 'name' | 'title' | 'passageKind'>,
  passages: readonly string[],
  groupOf: readonly number[],
): Corpus {
  const heldOutGroups: number[] = [];
  let start = 0;
  for (const [place, passage] of passages.entries()) {
    if (groupOf[place] !== groupOf[place - 1]) heldOutGroups.push(start);
    start += passage.length + 2;
  }
  const text = passages.length === 0 ? '' : `${passages.join('\n\n')}\n`;
  return { ...card, text, heldOutGroups };
}
