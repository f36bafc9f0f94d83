import { BadInput } from '../src/errors.ts';
import { countCharacters } from '../src/text/characters.ts';
import type { Corpus, PassageKind } from '../src/text/corpus.ts';
import { groupEvenly } from '../src/text/held-out-groups.ts';
import { bookNamed } from './books.ts';
import { decodeText } from './plain-text.ts';

const fewestCharacters = 1_000;
/** A heading and a list have two paragraphs, and are a list. */
const fewestParagraphs = 3;

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
 * A person's own text, exactly as it is: only its line ends become newlines, and a byte order mark goes.
 *
 * @throws BadInput on a name that cannot be used, and on bytes that are not a text of 1,000 characters to 100 MB.
 */
export function ownCorpus(name: string, bytes: Uint8Array): Corpus {
  checkOwnName(name);
  const text = decodeText(bytes);
  const characters = countCharacters(text.trim());
  if (characters < fewestCharacters) {
    throw new BadInput(
      `The text has ${characters.toLocaleString('en')} characters; at least ${fewestCharacters.toLocaleString('en')} are needed.`,
      'Add a longer text.',
    );
  }
  return {
    ...{ name, title: name, passageKind: passageKindIn(text), text },
    heldOutGroups: groupEvenly(text),
  };
}

/** Lines where nothing, or a heading only, is set apart by a blank line. */
function passageKindIn(text: string): PassageKind {
  const blankLines = text
    .trim()
    .matchAll(/\n(?:[^\S\n]*\n)+/g)
    .take(fewestParagraphs - 1);
  const isInParagraphs = [...blankLines].length === fewestParagraphs - 1;
  return isInParagraphs || !text.trim().includes('\n') ? 'paragraph' : 'line';
}
