import { bible } from './bible.ts';
import type { Book } from './book.ts';
import { plato } from './plato.ts';

/** The books that the program knows by name. */
export const books: readonly Book[] = [bible, plato];

export function bookNamed(name: string): Book | undefined {
  return books.find((book) => book.name === name);
}
