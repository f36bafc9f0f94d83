import type { Corpus, PassageKind } from '../src/text/corpus.ts';
import type { Language, Translations } from './language.ts';

/** All that is particular to one book. To add a book is one such file, and its line in `books.ts`. */
interface BookCard {
  /** Also the name of its corpus: small letters, digits and hyphens. */
  readonly name: string;
  /** `King James Bible`, as a line begins with it. */
  readonly titles: Translations;
  /** `the King James Bible`, as a sentence has it. */
  readonly titlesInSentence: Translations;
  /** `Bible`, where a choice of books has little room. */
  readonly shortTitles: Translations;
  /** Its slash command: small letters without accents. */
  readonly commandNames: Translations;
  /** What that command does, at most 100 characters. */
  readonly about: Translations;
  /** What a text that a network wrote is not: `not Scripture`. */
  readonly disclaimer: Translations;
  readonly passage: PassageForm;
  readonly amounts: Amounts;
  readonly posting: Posting;
  /** Under what terms its text may be used and passed on. */
  readonly licence: string;
  /** What simple predictors reach on its validation part, in bits per character (`npm run bench -- quality`). */
  readonly yardsticks?: { readonly markov: number; readonly ngram: number };
}

/** Passages in a row: the places of the first and the last. */
export interface PassageRange {
  readonly first: number;
  readonly last: number;
}

/** What a passage of a book is, and how one is cited and found. */
export interface PassageForm {
  readonly kind: PassageKind;
  /** `verse` and `verses`. */
  readonly singular: Translations;
  readonly plural: Translations;
  /** `Genesis 1:1 In the beginning ...` in two; the reference is empty where the passage bears none. */
  readonly split: (passage: string) => { readonly reference: string; readonly text: string };
  /** A reference such as passages begin with; none where they bear none. */
  readonly typicalReference?: string;
  /** Where a passage stands: `Revelation 21:6`, `Book II, paragraph 14`. */
  readonly cite: (passages: readonly string[], place: number, language: Language) => string;
  /** A reference of the text's own, as a language names it: `João 3:16`. */
  readonly localized: (reference: string, language: Language) => string;
  /** What a person typed, with the reference that it begins with as the text has it: `John 3:16` for `João 3:16`. */
  readonly asWritten: (typed: string) => string;
  /** The passages that a reference names, as people write them; null where it names none. */
  readonly find: (
    passages: readonly string[],
    typed: string,
    language: Language,
  ) => PassageRange | null;
  /** References that what was typed may become. */
  readonly suggest: (typed: string, language: Language) => readonly string[];
}

/** How long a text of the book may be that is asked for. */
export interface Amounts {
  readonly counted: 'passages' | 'sentences';
  /** The option of the slash command: small letters without accents. */
  readonly optionNames: Translations;
  /** `How many verses`. */
  readonly about: Translations;
  readonly usual: number;
  readonly largest: number;
}

/** What of it is posted once a day. */
export interface Posting {
  /** `Verse of the day`. */
  readonly dailyTitles: Translations;
  /** `A verse`, of one that is posted by request. */
  readonly titles: Translations;
  /** How much a network writes for a post, counted as `amounts` does. */
  readonly amount: number;
  /** Whether it is one of the books that are posted from in turn: those that a new installation can post from. */
  readonly inTurn: boolean;
  /** Whether a passage of the book itself stands well alone. */
  readonly suits: (passage: string) => boolean;
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

/** A book that many files make together. */
export interface CollectedBook extends BookCard {
  readonly origin: 'collection';
  readonly parts: readonly BookPart[];
  /** Another book whose held-out parts must not be in it, so that what learned both can be judged by them. */
  readonly keptApartFrom: string;
  /** The passages of a part from its file's text. @throws BadInput if that is not the whole of this part */
  passagesFrom(part: BookPart, text: string, withIntroductions: boolean): string[];
}

export interface BookPart {
  /** Of its file, without `.txt`. */
  readonly name: string;
  readonly title: string;
  readonly urls: readonly string[];
}

/** A book of the program, by how its text is got. */
export type Book = IncludedBook | DownloadedBook | CollectedBook;
