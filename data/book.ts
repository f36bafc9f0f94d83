import type { Corpus } from '../src/text/corpus.ts';

interface BookCard {
  readonly name: string;
  readonly title: string;
  readonly piece: Corpus['piece'];
  /** Under what terms its text may be used and passed on. */
  readonly licence: string;
}

/** A book whose text comes with the program. */
export interface IncludedBook extends BookCard {
  readonly origin: 'included';
  corpus(): Promise<Corpus>;
}

/** A book whose text is fetched, or taken from a file that a person has. */
export interface DownloadedBook extends BookCard {
  readonly origin: 'download';
  /** Where it lies: the first is the source, the others mirror it. */
  readonly urls: readonly string[];
  /** The book from the file's text. @throws BadInput if that is not the whole of this book. */
  corpusFrom(text: string): Corpus;
}

export type Book = IncludedBook | DownloadedBook;
