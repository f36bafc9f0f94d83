import { withoutAccents } from '../src/text/without-accents.ts';

/** The books of the Bible as the text names them, and in Portuguese. */
export const portugueseNames: Readonly<Record<string, string>> = {
  Genesis: 'Gênesis',
  Exodus: 'Êxodo',
  Leviticus: 'Levítico',
  Numbers: 'Números',
  Deuteronomy: 'Deuteronômio',
  Joshua: 'Josué',
  Judges: 'Juízes',
  Ruth: 'Rute',
  '1 Samuel': '1 Samuel',
  '2 Samuel': '2 Samuel',
  '1 Kings': '1 Reis',
  '2 Kings': '2 Reis',
  '1 Chronicles': '1 Crônicas',
  '2 Chronicles': '2 Crônicas',
  Ezra: 'Esdras',
  Nehemiah: 'Neemias',
  Esther: 'Ester',
  Job: 'Jó',
  Psalms: 'Salmos',
  Proverbs: 'Provérbios',
  Ecclesiastes: 'Eclesiastes',
  "Solomon's Song": 'Cânticos',
  Isaiah: 'Isaías',
  Jeremiah: 'Jeremias',
  Lamentations: 'Lamentações',
  Ezekiel: 'Ezequiel',
  Daniel: 'Daniel',
  Hosea: 'Oseias',
  Joel: 'Joel',
  Amos: 'Amós',
  Obadiah: 'Obadias',
  Jonah: 'Jonas',
  Micah: 'Miqueias',
  Nahum: 'Naum',
  Habakkuk: 'Habacuque',
  Zephaniah: 'Sofonias',
  Haggai: 'Ageu',
  Zechariah: 'Zacarias',
  Malachi: 'Malaquias',
  Matthew: 'Mateus',
  Mark: 'Marcos',
  Luke: 'Lucas',
  John: 'João',
  Acts: 'Atos',
  Romans: 'Romanos',
  '1 Corinthians': '1 Coríntios',
  '2 Corinthians': '2 Coríntios',
  Galatians: 'Gálatas',
  Ephesians: 'Efésios',
  Philippians: 'Filipenses',
  Colossians: 'Colossenses',
  '1 Thessalonians': '1 Tessalonicenses',
  '2 Thessalonians': '2 Tessalonicenses',
  '1 Timothy': '1 Timóteo',
  '2 Timothy': '2 Timóteo',
  Titus: 'Tito',
  Philemon: 'Filemom',
  Hebrews: 'Hebreus',
  James: 'Tiago',
  '1 Peter': '1 Pedro',
  '2 Peter': '2 Pedro',
  '1 John': '1 João',
  '2 John': '2 João',
  '3 John': '3 João',
  Jude: 'Judas',
  Revelation: 'Apocalipse',
};

/** By their Portuguese names in small letters, with their accents and without. */
const englishNames = new Map(
  Object.entries(portugueseNames).flatMap(([english, portuguese]) => {
    const name = portuguese.toLowerCase();
    const bare = withoutAccents(name);
    // `Jó` is Job, and `Jo` is nobody's whole name.
    return [name, ...(bare.length > 2 ? [bare] : [])].map((each) => [each, english] as const);
  }),
);

/** A text with the book of the reference that it begins with by its Portuguese name: `João 3:16`. */
export function inPortuguese(text: string): string {
  return text.replace(leadingBook, (book) => portugueseNames[book] ?? book);
}

/** A text with the book of the reference that it begins with by the name that the Bible's text has: `John 3:16`. */
export function inEnglish(text: string): string {
  return text.replace(
    leadingBook,
    (book) => englishNames.get(book.toLowerCase().normalize('NFC')) ?? book,
  );
}

const leadingBook = /^(?:\d )?\S+(?: \S+)??(?= \d+:\d+(?:\s|$))/u;
