import type { PassageForm } from '../../data/book.ts';
import type { Words } from '../words/en.ts';
import type { OpenText } from './model-cache.ts';
import { passagesOf } from './texts.ts';

/** A written text in two: the reference that it begins with, empty where it has none, and the rest of it. */
export function splitLine(
  line: string,
  { split }: PassageForm,
): { reference: string; rest: string } {
  const { reference } = split(line);
  // `1 Kings 3:4` or `Solomon's Song 1:1`, and not a sentence with a time of the day in it.
  const isReference = /^(\d )?\p{Lu}[\p{L}']+(?: \p{L}+){0,3} \d+:\d+$/u.test(reference);
  return isReference
    ? { reference, rest: line.slice(reference.length) }
    : { reference: '', rest: line };
}

/**
 * A written text with the references at its lines' beginnings in the reader's language and marked as invented, for they
 * are as much the network's as the words after them.
 *
 * @param style - makes markdown of a piece of a line
 */
export function markReferences(
  text: string,
  passage: PassageForm,
  words: Words,
  style: (text: string) => string,
): string {
  return text
    .split('\n')
    .map((line) => {
      const { reference, rest } = splitLine(line, passage);
      if (reference === '') return style(line);
      return `${style(passage.localized(reference, words.language))} ${words.written.invented}${style(rest)}`;
    })
    .join('\n');
}

/** Where each reference of a text stands: looked through once, and not for every answer. */
const placesOf = new WeakMap<OpenText, ReadonlyMap<string, number>>();

/** The passage of a book that bears the first reference of a text; null where the text has none that exists. */
export function placeOfReference(text: string, source: OpenText): number | null {
  const form = passagesOf(source.corpus.name);
  const places =
    placesOf.get(source) ??
    new Map(source.passages.map((passage, place) => [form.split(passage).reference, place]));
  placesOf.set(source, places);
  for (const line of text.split('\n')) {
    const { reference } = splitLine(line, form);
    const place = reference === '' ? undefined : places.get(reference);
    if (place !== undefined) return place;
  }
  return null;
}
