import { BadInput } from '../src/errors.ts';
import type { Corpus } from '../src/text/corpus.ts';
import { groupParagraphs } from '../src/text/units.ts';
import { bookNamed } from './books.ts';
import { decodeText, paragraphsOf } from './plain-text.ts';

const fewestCharacters = 1_000;

/** @throws BadInput unless it is 1 to 32 small letters, digits and hyphens, and not the name of a book we have. */
export function checkOwnName(name: string): void {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    throw new BadInput(
      `"${name}" cannot be the name of a corpus.`,
      'Use 1 to 32 small letters, digits and hyphens, such as my-poems.',
    );
  }
  const book = bookNamed(name);
  if (book !== undefined) {
    throw new BadInput(
      `The name "${name}" is reserved for ${book.titlesInSentence.en}.`,
      'Choose another name.',
    );
  }
}

/**
 * A person's own text. Blank lines separate its paragraphs, whose line breaks stay; where it has none, each
 * line is a paragraph.
 *
 * @throws BadInput on a name that cannot be used, and on bytes that are not a text of 1,000 characters to 100 MB.
 */
export function ownCorpus(name: string, bytes: Uint8Array): Corpus {
  checkOwnName(name);
  const paragraphs = paragraphsOf(decodeText(bytes));
  const [only = '', second] = paragraphs;
  const passages = second === undefined ? only.split('\n') : paragraphs;
  const length = passages.reduce((sum, passage) => sum + passage.length, 0);
  if (length < fewestCharacters) {
    throw new BadInput(
      `The text has ${length} characters, and a network needs ${fewestCharacters} at the least to learn anything.`,
      'Add a longer text.',
    );
  }
  return paragraphCorpus(name, name, passages);
}

/** A corpus of paragraphs from its stored text, as `wholeText` wrote it. */
export function restoreCorpus(stored: { name: string; title: string; text: string }): Corpus {
  return paragraphCorpus(stored.name, stored.title, stored.text.slice(0, -1).split('\n\n'));
}

function paragraphCorpus(name: string, title: string, passages: readonly string[]): Corpus {
  const heldOutGroups = groupParagraphs(passages.length);
  return { name, title, passageKind: 'paragraph', passages, heldOutGroups };
}
