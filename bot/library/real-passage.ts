import type { PassageRange } from '../../data/book.ts';
import { bookNamed } from '../../data/books.ts';
import { escapeMarkdown, small } from '../core/markdown.ts';
import type { Button } from '../core/reply.ts';
import type { Words } from '../words/en.ts';
import type { OpenText } from './model-cache.ts';
import { passagesOf, titleAtBeginning } from './texts.ts';

/** A passage of a book as it is, and where it stands. */
interface RealPassage {
  /** As the book has it, with brackets around the words that translators added. */
  readonly text: string;
  /** `John 3:16 · King James Bible` */
  readonly source: string;
}

/** The passage at a place of a book; null where it has none there. */
export function passageOf(
  { corpus, passages }: OpenText,
  place: number,
  words: Words,
): RealPassage | null {
  const passage = passages[place];
  if (passage === undefined) return null;
  const { split, cite } = passagesOf(corpus.name);
  const { text } = split(passage);
  const source = `${cite(passages, place, words.language)} · ${titleAtBeginning(corpus.name, words)}`;
  return { text, source };
}

/** A passage of a book as it is, with where it stands, in markdown; null where the book has none at that place. */
export function realPassage(book: OpenText, place: number, words: Words): string | null {
  const passage = passageOf(book, place, words);
  return passage && shownPassage(passage);
}

/** In markdown. */
export function shownPassage({ text, source }: RealPassage): string {
  return `${emphasized(escapeMarkdown(text))}\n${small([source])}`;
}

/** Passages in a row, with where they stand; as many as fit into a message. */
export function rangeOf(source: OpenText, { first, last }: PassageRange, words: Words): string {
  if (first === last) return realPassage(source, first, words) ?? '';
  const { passages } = source;
  const { name } = source.corpus;
  const { split, cite } = passagesOf(name);
  const lines: string[] = [];
  let length = 0;
  let shown = first;
  for (let place = first; place <= last; place++) {
    const { reference, text } = split(passages[place] ?? '');
    const number = reference.slice(reference.lastIndexOf(':') + 1);
    const line = `**${number}** ${emphasized(escapeMarkdown(text))}`;
    length += line.length + 1;
    if (length > longestRange && place > first) break;
    lines.push(line);
    shown = place;
  }
  const end = cite(passages, shown, words.language);
  const cited = `${cite(passages, first, words.language)}-${end.slice(end.lastIndexOf(':') + 1)}`;
  const left = last - shown;
  const more = left > 0 ? [words.verse.more(left)] : [];
  return `${lines.join('\n')}\n${small([[`${cited} · ${titleAtBeginning(name, words)}`, ...more].join(' · ')])}`;
}

/** Kept free in a message for where a passage stands. */
const longestRange = 1_700;

/** A passage and its reference on one line, cut to a length in characters. */
export function passageLine(
  { corpus, passages }: OpenText,
  place: number,
  length: number,
  words: Words,
): string {
  const { split, cite } = passagesOf(corpus.name);
  const { text } = split(passages[place] ?? '');
  const cut = text.length > length ? `${text.slice(0, length).replace(/\s\S*$/, '')} …` : text;
  return `**${cite(passages, place, words.language)}** ${emphasized(escapeMarkdown(cut))}`;
}

/** With the words that the translators added in italics, as Bibles print them, in place of brackets. */
export function emphasized(markdown: string): string {
  return markdown.replace(/\\\[([^[\]\\]+)\\\]/g, '*$1*');
}

/** The button under an invented text that shows what the book really says, where a passage of it bears the reference. */
export function realButton(corpus: string, place: number | null, { buttons }: Words): Button[] {
  if (place === null || !bookNamed(corpus)) return [];
  return [{ id: `really:${corpus}:${place}`, label: buttons.really, style: 'secondary' }];
}
