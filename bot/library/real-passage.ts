import { bookNamed } from '../../data/books.ts';
import { escapeMarkdown, small } from '../core/markdown.ts';
import type { Button } from '../core/reply.ts';
import type { Words } from '../words/en.ts';
import type { OpenText } from './model-cache.ts';
import { passagesOf, titleAtBeginning } from './texts.ts';

/** A passage of a book as it is, with where it stands; null where the book has none at that place. */
export function realPassage(
  { corpus, passages }: OpenText,
  place: number,
  words: Words,
): string | null {
  const passage = passages[place];
  if (passage === undefined) return null;
  const { split, cite } = passagesOf(corpus.name);
  const { text } = split(passage);
  const source = `${cite(passages, place, words.language)} · ${titleAtBeginning(corpus.name, words)}`;
  return `${emphasized(escapeMarkdown(text))}\n${small([source])}`;
}

/** With the words that the translators added in italics, as Bibles print them, in place of brackets. */
function emphasized(markdown: string): string {
  return markdown.replace(/\\\[([^[\]\\]+)\\\]/g, '*$1*');
}

/** The button under an invented text that shows what the book really says, where a passage of it bears the reference. */
export function realButton(corpus: string, place: number | null, { buttons }: Words): Button[] {
  if (place === null || !bookNamed(corpus)) return [];
  return [{ id: `really:${corpus}:${place}`, label: buttons.really, style: 'secondary' }];
}
