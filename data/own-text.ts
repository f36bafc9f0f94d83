import { BadInput } from '../src/errors.ts';
import { characterCounts, countCharacters } from '../src/text/characters.ts';
import type { Corpus, PassageKind } from '../src/text/corpus.ts';
import { groupEvenly } from '../src/text/held-out-groups.ts';
import { preparePrompt } from '../src/text/prompt.ts';
import { CharacterTokenizer } from '../src/text/tokenizer/character-tokenizer.ts';
import { bookNamed } from './books.ts';
import { decodeText } from './decode-text.ts';

const fewestCharacters = 1_000;
/** A heading and a list have two paragraphs, and are a list. */
const fewestParagraphs = 3;

/** @throws BadInput unless it is 1 to 32 small letters, digits and hyphens, not how a run is named and not a book of ours. */
export function checkOwnName(name: string): void {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    throw new BadInput(
      `"${name}" cannot be the name of a corpus.`,
      'Use 1 to 32 lower-case letters, digits and hyphens, such as my-poems.',
    );
  }
  if (/^(\d+|latest)$/.test(name)) {
    throw new BadInput(
      `"${name}" cannot be the name of a corpus: commands take it for a run.`,
      'Choose another name.',
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

export interface OwnTextOptions {
  /** Any label of the Encoding Standard. @default UTF-8, or UTF-16 where its byte order mark says so */
  readonly encoding?: string | undefined;
  /** Characters that occur less often are written in others (é as e), or left out. @default 1, the text as it is */
  readonly minCount?: number | undefined;
}

/**
 * A person's own text, exactly as it is: only its line ends become newlines, and a byte order mark goes.
 *
 * @throws BadInput on a name that cannot be used, and on bytes that are not a text of 1,000 characters to 100 MB.
 */
export function ownCorpus(
  name: string,
  bytes: Uint8Array,
  { encoding, minCount = 1 }: OwnTextOptions = {},
): Corpus {
  checkOwnName(name);
  const text = withoutRare(decodeText(bytes, encoding), minCount);
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

/** The text in the characters that it has at least so often. */
function withoutRare(text: string, minCount: number): string {
  if (minCount === 1) return text;
  const rare = characterCounts(text).filter(([, count]) => count < minCount);
  if (rare.length === 0) return text;
  const isRare = new Set(rare.map(([character]) => character));
  const frequent = CharacterTokenizer.of(text).tokens.filter((character) => !isRare.has(character));
  const tokenizer = CharacterTokenizer.of(frequent.join(''));
  const written = new Map(rare.map(([each]) => [each, preparePrompt(each, tokenizer).text]));
  return Array.from(text, (character) => written.get(character) ?? character).join('');
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
