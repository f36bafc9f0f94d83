import { withoutAccents } from '../src/text/without-accents.ts';
import { portugueseNames } from './bible-names.ts';
import type { PassageRange } from './book.ts';
import type { Language } from './language.ts';

/** What a book of the Bible is called beside its name and the beginnings of it, by language: `Jn` is John, and Jonas. */
const otherNames: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    Exodus: 'ex',
    Leviticus: 'lv',
    Numbers: 'nm nb',
    Deuteronomy: 'dt',
    Judges: 'jdg jgs',
    '1 Samuel': '1sm',
    '2 Samuel': '2sm',
    '1 Kings': '1kgs',
    '2 Kings': '2kgs',
    Psalms: 'ps pss psalm',
    Proverbs: 'prv pr',
    Ecclesiastes: 'qoheleth',
    "Solomon's Song": 'songofsolomon songofsongs song canticles',
    Jeremiah: 'jr',
    Ezekiel: 'ezk',
    Daniel: 'dn',
    Obadiah: 'ob',
    Zechariah: 'zc',
    Matthew: 'mt',
    Mark: 'mk mrk',
    Luke: 'lk',
    John: 'jn jhn jo',
    Romans: 'rm',
    Philippians: 'php',
    Philemon: 'phm',
    James: 'jas jm',
    '1 Peter': '1pt',
    '2 Peter': '2pt',
    '1 John': '1jn',
    '2 John': '2jn',
    '3 John': '3jn',
    Revelation: 'rv revelations apocalypse',
  },
  'pt-BR': {
    Genesis: 'gn',
    Exodus: 'ex',
    Leviticus: 'lv',
    Numbers: 'nm',
    Deuteronomy: 'dt',
    Joshua: 'js',
    Judges: 'jz',
    Ruth: 'rt',
    '1 Samuel': '1sm',
    '2 Samuel': '2sm',
    '1 Kings': '1rs',
    '2 Kings': '2rs',
    '1 Chronicles': '1cr',
    '2 Chronicles': '2cr',
    Psalms: 'sl salmo',
    Proverbs: 'pv',
    "Solomon's Song": 'ct cantares',
    Jeremiah: 'jr',
    Lamentations: 'lm',
    Daniel: 'dn',
    Joel: 'jl',
    Jonah: 'jn',
    Micah: 'mq',
    Habakkuk: 'hc',
    Zephaniah: 'sf',
    Zechariah: 'zc',
    Malachi: 'ml',
    Matthew: 'mt',
    Mark: 'mc',
    Luke: 'lc',
    John: 'jo',
    Romans: 'rm',
    Galatians: 'gl',
    Philippians: 'fp',
    Colossians: 'cl',
    '1 Thessalonians': '1ts',
    '2 Thessalonians': '2ts',
    '1 Timothy': '1tm',
    '2 Timothy': '2tm',
    Titus: 'tt',
    Philemon: 'fm',
    Hebrews: 'hb',
    James: 'tg',
    '1 Peter': '1pe',
    '2 Peter': '2pe',
    '1 John': '1jo',
    '2 John': '2jo',
    '3 John': '3jo',
    Jude: 'jd',
    Revelation: 'ap',
  },
};

/** Where the verses of a book stand: of each chapter the first, and how many there are. */
type Chapters = readonly { readonly first: number; readonly count: number }[];
const indexes = new WeakMap<readonly string[], ReadonlyMap<string, Chapters>>();

/**
 * The verses that a reference names: `John 3:16`, `1 Cor 13`, `Salmos 23.1-3`, in either language and abbreviated as is
 * usual; null where it names none. What lies beyond a chapter is left out of a range.
 */
export function findVerses(
  passages: readonly string[],
  typed: string,
  language: Language,
): PassageRange | null {
  const form = /^\s*(.*?\D)\s*(\d+)(?:\s*[:.,]\s*(\d+)(?:\s*[-–—]\s*(\d+))?)?\s*$/u;
  const [, name = '', chapter, from, to] = form.exec(typed) ?? [];
  const book = bookCalled(name, language);
  if (book === null || chapter === undefined) return null;
  const chapters = indexOf(passages).get(book) ?? [];
  // A book of one chapter is cited without it: `Jude 5`.
  const isOne = chapters.length === 1 && from === undefined && chapter !== '1';
  const found = chapters[isOne ? 0 : Number(chapter) - 1];
  if (!found) return null;
  const first = Number(isOne ? chapter : (from ?? 1));
  const last = Number(isOne ? chapter : (to ?? from ?? found.count));
  if (first < 1 || first > found.count || last < first) return null;
  return {
    first: found.first + first - 1,
    last: found.first + Math.min(last, found.count) - 1,
  };
}

/** The books that what was typed may begin, as the language calls them, each with its first chapter. */
export function suggestBooks(typed: string, language: Language): string[] {
  const wanted = comparable(typed);
  return Object.entries(portugueseNames)
    .map(([name, portuguese]) => (language === 'en' ? name : portuguese))
    .filter((name) => comparable(name).startsWith(wanted))
    .map((name) => `${name} 1`);
}

/** The book of that name or abbreviation: one's own language goes first, and a name before the beginning of one. */
function bookCalled(typed: string, language: Language): string | null {
  const wanted = comparable(typed);
  if (wanted === '') return null;
  const other: Language = language === 'en' ? 'pt-BR' : 'en';
  const names = Object.entries(portugueseNames);
  const spelt = (each: Language) =>
    names.map(
      ([name, portuguese]) => [name, (each === 'en' ? name : portuguese).toLowerCase()] as const,
    );
  const called = (each: Language) =>
    names.map(
      ([name, portuguese]) => [name, comparable(each === 'en' ? name : portuguese)] as const,
    );
  const abbreviated = (each: Language) =>
    Object.entries(otherNames[each]).find(([, also]) => also.split(' ').includes(wanted))?.[0];
  for (const each of [language, other]) {
    // `Jó` is Job, and `Jo` João.
    const accented = spelt(each).find(([, name]) => name === typed.trim().toLowerCase())?.[0];
    const exact = called(each).find(([, name]) => name === wanted)?.[0];
    const found = accented ?? abbreviated(each) ?? exact;
    if (found !== undefined) return found;
  }
  const begins =
    wanted.length < 2
      ? undefined
      : [language, other]
          .flatMap((each) => called(each))
          .find(([, name]) => name.startsWith(wanted));
  return begins?.[0] ?? null;
}

/** `I Coríntios`, `1st Corinthians` and `1cor` begin alike. */
function comparable(name: string): string {
  return withoutAccents(name)
    .toLowerCase()
    .replace(
      /^\s*(?:(iii|3rd|third|3[ªº]|terceir[ao])|(ii|2nd|second|2[ªº]|segund[ao])|(i|1st|first|1[ªº]|primeir[ao]))\s+/,
      (_, three, two) => (three ? '3' : two ? '2' : '1'),
    )
    .replace(/[^a-z0-9]/g, '');
}

function indexOf(passages: readonly string[]): ReadonlyMap<string, Chapters> {
  const known = indexes.get(passages);
  if (known) return known;
  const books = new Map<string, { first: number; count: number }[]>();
  for (const [place, passage] of passages.entries()) {
    const [, book = '', chapter] = /^(.*?) (\d+):\d+ /.exec(passage) ?? [];
    if (chapter === undefined) continue;
    const chapters = books.get(book) ?? [];
    books.set(book, chapters);
    const at = chapters[Number(chapter) - 1];
    if (at) at.count++;
    else chapters.push({ first: place, count: 1 });
  }
  indexes.set(passages, books);
  return books;
}
