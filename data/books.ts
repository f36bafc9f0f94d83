import { bible } from './bible.ts';
import type { Book } from './book.ts';
import { dialogues } from './dialogues.ts';
import type { Language } from './language.ts';
import { plato } from './plato.ts';

/** The books that the program knows by name. */
export const books: readonly [Book, ...Book[]] = [bible, plato, dialogues];

/** Those that are posted from in turn. */
export const booksInTurn: readonly Book[] = books.filter(({ posting }) => posting.inTurn);

/** A book by the name of its corpus (`bible`); undefined where it is none of the books. */
export function bookNamed(name: string): Book | undefined {
  return books.find((book) => book.name === name);
}

/** `King James Bible`; a text that is none of the books is called by its name. */
export function titleOfCorpus(name: string, language: Language = 'en'): string {
  return bookNamed(name)?.titles[language] ?? name;
}
