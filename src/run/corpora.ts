import { createHash } from 'node:crypto';
import { bookNamed, books } from '../../data/books.ts';
import { BadInput, EscribaError } from '../errors.ts';
import { findCorpus, listCorpora, type StoredCorpus } from '../store/corpora.ts';
import type { Store } from '../store/database.ts';
import { findTextHash, type Run } from '../store/runs.ts';
import { type Corpus, corpusOfPassages, type PassageKind } from '../text/corpus.ts';
import { groupParagraphs } from '../text/held-out-groups.ts';

/** A text by its name: one that comes with the program, or one that the store keeps. @throws BadInput if neither has it */
export async function openCorpus(store: Store, name: string): Promise<Corpus> {
  const book = bookNamed(name);
  if (book?.origin === 'included') return book.corpus();
  const stored = findCorpus(store, name);
  if (stored) return corpusOfStored(stored);
  if (book) {
    const [files, option] =
      book.origin === 'collection' ? ['files', '--folder DIR'] : ['a file', '--file FILE'];
    throw new BadInput(
      `The text of ${name} (${book.titles.en}) is not on this machine yet.`,
      `Fetch it with \`escriba corpus fetch ${name}\`, or take ${files} you have: \`escriba corpus fetch ${name} ${option}\`.`,
    );
  }
  throw noSuchCorpus(store, name);
}

/** Says which texts there are, first of all the one that may have been meant. */
export function noSuchCorpus(store: Store, name: string): BadInput {
  const known = corpusNames(store);
  const meant = nameMeant(name, known);
  return new BadInput(
    `There is no text called "${name}".`,
    meant === undefined
      ? `There are ${known.join(', ')}. Add a text of your own with \`escriba corpus add NAME FILE\`.`
      : `Did you mean ${meant}?`,
  );
}

/** The names of all texts that are here or could be fetched. */
export function corpusNames(store: Store): string[] {
  const stored = listCorpora(store).map((each) => each.name);
  return [...new Set([...books.map((each) => each.name), ...stored])];
}

/** The first of some names that may have been meant by a wrong one. */
export function nameMeant(typed: string, names: readonly string[]): string | undefined {
  return names.find((each) => isNearly(typed, each));
}

/** Whether two names differ by one letter, two letters that changed places, their case, or what follows the first three. */
function isNearly(typed: string, name: string): boolean {
  const [one, other] = [typed.toLowerCase(), name.toLowerCase()];
  if (one === other || (one.length >= 3 && other.startsWith(one))) return true;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const [rest, otherRest] = [one.slice(same), other.slice(same)];
  return (
    rest.slice(1) === otherRest.slice(1) ||
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    (rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2))
  );
}

/** The corpus that a stored text is. */
function corpusOfStored({ name, title, passageKind, text, heldOutGroups }: StoredCorpus): Corpus {
  const card = { name, title, passageKind };
  if (heldOutGroups !== null) return { ...card, text, heldOutGroups };
  // What was kept without its groups has a blank line between any two paragraphs, and a newline at the end.
  const paragraphs = text.slice(0, -1).split('\n\n');
  return corpusOfPassages(card, paragraphs, groupParagraphs(paragraphs.length));
}

/** The whole text of a name; undefined where it is not on this machine. */
export async function findText(store: Store, name: string): Promise<string | undefined> {
  const isHere = bookNamed(name)?.origin === 'included' || findCorpus(store, name) !== undefined;
  return isHere ? (await openCorpus(store, name)).text : undefined;
}

/** What the passages of a text are; of a text that is not here, paragraphs. */
export function passageKindOf(store: Store, name: string): PassageKind {
  const stored = listCorpora(store).find((each) => each.name === name);
  return bookNamed(name)?.passage.kind ?? stored?.passageKind ?? 'paragraph';
}

/** The SHA-256 of a text, by which a run knows it again. */
export function hashOf(corpus: Corpus): string {
  return createHash('sha256').update(corpus.text).digest('hex');
}

/**
 * The text that a run learned.
 * @throws EscribaError where it is not here any more, or another has its name
 */
export async function openCorpusOf(
  store: Store,
  { id, corpus: name }: Pick<Run, 'id' | 'corpus'>,
): Promise<Corpus> {
  return openLearnedCorpus(store, name, findTextHash(store, id), {
    learner: `run ${id}`,
    otherwise: `learn this one with its weights: \`escriba train ${name} --from ${id}\``,
  });
}

/**
 * The text of that name, which must be the one with that SHA-256 where it is known.
 * @throws EscribaError where it is not here, or another has its name
 */
export async function openLearnedCorpus(
  store: Store,
  name: string,
  textHash: string | null,
  { learner, otherwise }: { readonly learner: string; readonly otherwise: string },
): Promise<Corpus> {
  const corpus = await openCorpus(store, name);
  if (textHash === null || textHash === hashOf(corpus)) return corpus;
  throw new EscribaError(
    `The text ${name} is not the one that ${learner} learned.`,
    `Restore that one, or ${otherwise}.`,
  );
}
