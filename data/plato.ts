import { BadInput } from '../src/errors.ts';
import { corpusOfPassages } from '../src/text/corpus.ts';
import { groupParagraphs } from '../src/text/held-out-groups.ts';
import type { DownloadedBook, PassageRange } from './book.ts';
import { gutenbergLines, gutenbergUrls, unwrappedParagraphs } from './gutenberg.ts';
import type { Language } from './language.ts';
import { paragraph, paragraphNumber, standsAlone } from './passages.ts';

const headings = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'].map(
  (numeral) => `BOOK ${numeral}.`,
);
const firstWords = 'I went down yesterday to the Piraeus with Glaucon';
const lastWords = 'of a thousand years which we have been describing.';
/** Of the dialogue, what is shorter is rarely more than a question and its answer. */
const shortestPosted = 200;
/** Begins with an answer to what came before. */
const bareAnswer =
  /^(yes|no|not|nor|true|very|quite|certainly|exactly|of course|assuredly|clearly|undoubtedly|i agree|i will|i do|i think so|that is|to be sure|by all means|and |but |then |or |he |they |she |it )/i;

/** Plato's Republic in Jowett's translation: the dialogue, without introduction and licence. */
export const plato: DownloadedBook = {
  name: 'plato',
  titles: { en: "Plato's Republic", 'pt-BR': 'República de Platão' },
  titlesInSentence: { en: "Plato's Republic", 'pt-BR': 'a República de Platão' },
  shortTitles: { en: 'Republic', 'pt-BR': 'República' },
  commandNames: { en: 'plato', 'pt-BR': 'platao' },
  about: {
    en: "A network that learned Plato's Republic continues your words",
    'pt-BR': 'Uma rede que aprendeu a República de Platão (em inglês) continua as suas palavras',
  },
  disclaimer: { en: 'not Plato', 'pt-BR': 'não é de Platão' },
  passage: { ...paragraph, cite: citeByBook, find: findByBook, suggest: suggestBooks },
  amounts: {
    counted: 'sentences',
    optionNames: { en: 'sentences', 'pt-BR': 'frases' },
    about: { en: 'How many sentences', 'pt-BR': 'Quantas frases' },
    usual: 3,
    largest: 12,
  },
  posting: {
    dailyTitles: { en: 'Passage of the day', 'pt-BR': 'Trecho do dia' },
    titles: { en: 'A passage', 'pt-BR': 'Um trecho' },
    amount: 3,
    inTurn: true,
    suits: (passage) =>
      passage.length >= shortestPosted && !bareAnswer.test(passage) && standsAlone(passage),
  },
  yardsticks: { markov: 1.821, ngram: 1.67 },
  licence:
    'Public domain in the USA: Project Gutenberg 1497, translated by Benjamin Jowett (https://www.gutenberg.org/ebooks/1497).',
  origin: 'download',
  urls: gutenbergUrls(1497),
  corpusFrom(text) {
    const passages = dialogue(text);
    const found = passages.filter((passage) => headings.includes(passage));
    if (
      found.join() !== headings.join() ||
      passages[1]?.startsWith(firstWords) !== true ||
      passages.at(-1)?.endsWith(lastWords) !== true
    ) {
      throw new BadInput(
        'This is not the whole of the Republic as Project Gutenberg has it (number 1497).',
        `Take the plain text from ${plato.urls[0]}.`,
      );
    }
    const { name, titles, passage } = plato;
    const card = { name, title: titles.en, passageKind: passage.kind };
    return corpusOfPassages(card, passages, groupParagraphs(passages.length));
  },
};

/** The paragraphs from the last line `BOOK I.` (the table of contents has one too) to the end, each one line. */
function dialogue(text: string): string[] {
  const lines = gutenbergLines(text);
  const start = lines.lastIndexOf('BOOK I.');
  return start < 0 ? [] : unwrappedParagraphs(lines.slice(start));
}

/** `Book II, paragraph 14`, `Livro II 14`, `II.14`, `2:14`; a book alone is its first paragraph. */
function findByBook(passages: readonly string[], typed: string): PassageRange | null {
  const form =
    /^\s*(?:book|livro)?\s*([ivx]+|\d{1,2})(?:[\s,.:]+(?:par[aá]gra(?:ph|fo)\s+)?(\d{1,4}))?\s*$/i;
  const [, book = '', paragraph = '1'] = form.exec(typed) ?? [];
  const numeral = /\d/.test(book)
    ? Number(book) - 1
    : headings.indexOf(`BOOK ${book.toUpperCase()}.`);
  const heading = passages.indexOf(headings[numeral] ?? '');
  if (heading < 0) return null;
  const next = passages.indexOf(headings[numeral + 1] ?? '');
  const place = heading + Number(paragraph);
  const end = next < 0 ? passages.length : next;
  return place > heading && place < end ? { first: place, last: place } : null;
}

function suggestBooks(typed: string, language: Language): string[] {
  const book = { en: 'Book', 'pt-BR': 'Livro' }[language];
  return headings
    .map((heading) => `${book} ${heading.slice('BOOK '.length, -1)}`)
    .filter((name) => name.toLowerCase().startsWith(typed.trim().toLowerCase()));
}

/** `Book II, paragraph 14`, counted from the heading of the book. */
function citeByBook(passages: readonly string[], place: number, language: Language): string {
  const heading = passages.findLastIndex((each, at) => at <= place && headings.includes(each));
  if (heading < 0) return paragraphNumber(place + 1, language);
  const numeral = passages[heading]?.slice('BOOK '.length, -1);
  const book = { en: 'Book', 'pt-BR': 'Livro' }[language];
  return `${book} ${numeral}, ${paragraphNumber(Math.max(1, place - heading), language)}`;
}
