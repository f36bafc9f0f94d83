import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInput, EscribaError } from '../src/errors.ts';
import { type Corpus, corpusOfPassages } from '../src/text/corpus.ts';
import { groupParagraphs } from '../src/text/held-out-groups.ts';
import type { BookPart, CollectedBook } from './book.ts';
import { decodeText } from './decode-text.ts';
import { type FetchOptions, fetchFile } from './fetch-book.ts';
import { readTextFile } from './plain-text.ts';

/** So many characters in a row that another text has too are no chance. */
const sharedLength = 60;

/** A collected book, and what was left out of it. */
export interface CollectedText {
  readonly corpus: Corpus;
  /** Of the files' bytes, one after the other. */
  readonly sha256: string;
  /** Paragraphs that share 60 characters with what the other book holds out. */
  readonly leftOut: number;
}

/**
 * Reads the files of a book from a folder: `1571.txt` and so on.
 * @throws BadInput that names every file that is missing, or the one that cannot be read
 */
export async function readParts(book: CollectedBook, folder: string): Promise<Uint8Array[]> {
  const missing = book.parts.filter((part) => !existsSync(fileOf(part, folder)));
  if (missing.length > 0) throw filesMissing(book, missing, folder);
  const files: Uint8Array[] = [];
  for (const part of book.parts) files.push(await readTextFile(fileOf(part, folder)));
  return files;
}

/**
 * Downloads the files of a book. Each is kept in a folder as soon as it is there, so that what breaks off goes on where
 * it was.
 * @param folder of this book alone
 * @throws EscribaError that names what went wrong with a file
 */
export async function fetchParts(
  book: CollectedBook,
  folder: string,
  options: FetchOptions & { readonly onPart?: (part: BookPart, place: number) => void } = {},
): Promise<Uint8Array[]> {
  await mkdir(folder, { recursive: true });
  const files: Uint8Array[] = [];
  for (const [place, part] of book.parts.entries()) {
    options.onPart?.(part, place);
    const accept = (bytes: Uint8Array): Uint8Array => {
      book.passagesFrom(part, decodeText(bytes), false);
      return bytes;
    };
    const path = fileOf(part, folder);
    const kept = await readFile(path).then(accept, () => undefined);
    if (kept !== undefined) {
      files.push(kept);
      continue;
    }
    const failure = (reasons: string) =>
      new EscribaError(
        `${part.title} could not be fetched (${reasons}).`,
        `Run it again later: it continues with this file. Or save the ${book.parts.length} files as ${part.name}.txt and so on, and name their folder with --folder.`,
      );
    const { value } = await fetchFile(part.urls, accept, failure, options);
    await writeFile(`${path}.part`, value);
    await rename(`${path}.part`, path);
    files.push(value);
  }
  return files;
}

function filesMissing(
  { parts, titles }: CollectedBook,
  missing: readonly BookPart[],
  folder: string,
): BadInput {
  if (missing.length === parts.length) {
    const names = parts.map(({ name }) => `${name}.txt`);
    return new BadInput(
      `The folder ${folder} has none of the ${parts.length} files of ${titles.en}.`,
      `They are called ${names[0]} to ${names.at(-1)}, by their numbers at Project Gutenberg; without --folder they are downloaded.`,
    );
  }
  const named = missing.map(({ name, title }) => `${name}.txt (${title})`);
  return new BadInput(
    `The folder ${folder} lacks ${missing.length} of the ${parts.length} files of ${titles.en}: ${named.join(', ')}.`,
    `Save ${missing.length === 1 ? 'it' : 'each'} there as plain text from Project Gutenberg, such as ${missing[0]?.urls[0]}; or download them all without --folder.`,
  );
}

function fileOf({ name }: BookPart, folder: string): string {
  return join(folder, `${name}.txt`);
}

/**
 * A book from the bytes of its files, in the order of its parts.
 * @param heldOut the held-out parts of the book that it is kept apart from
 * @throws BadInput if a file is not the whole of its part
 */
export function collectBook(
  book: CollectedBook,
  files: readonly Uint8Array[],
  heldOut: string,
  withIntroductions: boolean,
): CollectedText {
  const hash = createHash('sha256');
  const passages = book.parts.flatMap((part, place) => {
    const bytes = files[place] ?? new Uint8Array();
    hash.update(bytes);
    return book.passagesFrom(part, decodeText(bytes), withIntroductions);
  });
  const isShared = sharesWith(heldOut);
  const kept = passages.filter((passage) => !isShared(passage));
  const { name, titles, passage } = book;
  const card = { name, title: titles.en, passageKind: passage.kind };
  return {
    corpus: corpusOfPassages(card, kept, groupParagraphs(kept.length)),
    sha256: hash.digest('hex'),
    leftOut: passages.length - kept.length,
  };
}

/** Whether a passage has 60 characters in a row from a text. */
function sharesWith(text: string): (passage: string) => boolean {
  const stretches = new Set<string>();
  for (let at = 0; at + sharedLength <= text.length; at++) {
    stretches.add(text.slice(at, at + sharedLength));
  }
  return (passage) => {
    for (let at = 0; at + sharedLength <= passage.length; at++) {
      if (stretches.has(passage.slice(at, at + sharedLength))) return true;
    }
    return false;
  };
}
