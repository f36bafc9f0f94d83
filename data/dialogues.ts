import { BadInput } from '../src/errors.ts';
import type { BookPart, CollectedBook } from './book.ts';
import { gutenbergLines, gutenbergUrls, unwrappedParagraphs } from './gutenberg.ts';
import { paragraph, standsAlone } from './passages.ts';

/** By their numbers at Project Gutenberg. */
const titles: Readonly<Record<number, string>> = {
  1571: 'Critias',
  1572: 'Timaeus',
  1579: 'Lysis',
  1580: 'Charmides',
  1584: 'Laches',
  1591: 'Protagoras',
  1598: 'Euthydemus',
  1600: 'Symposium',
  1616: 'Cratylus',
  1635: 'Ion',
  1636: 'Phaedrus',
  1642: 'Euthyphro',
  1643: 'Meno',
  1656: 'Apology',
  1657: 'Crito',
  1658: 'Phaedo',
  1672: 'Gorgias',
  1673: 'Lesser Hippias',
  1676: 'Alcibiades I',
  1677: 'Alcibiades II',
  1681: 'Eryxias',
  1682: 'Menexenus',
  1687: 'Parmenides',
  1726: 'Theaetetus',
  1735: 'Sophist',
  1738: 'Statesman',
  1744: 'Philebus',
  1750: 'Laws',
};

const persons = /^PERSONS OF THE DIALOGUE/;
const introduction = /^(INTRODUCTION|APPENDIX)/;
/** `SOCRATES:`, `YOUNG SOCRATES:` */
const speaker = /^[A-Z]{2,}(?: [A-Z]{2,})*: */;
/** What stands between the persons and the first speech. */
const setting = /^(PERSONS OF THE DIALOGUE|SCENE|PLACE OF THE NARRATION)\b/;
/** No dialogue is shorter, in characters. */
const shortest = 5_000;

/** The other dialogues in Jowett's translation: more of the Republic's voice. */
export const dialogues: CollectedBook = {
  name: 'dialogues',
  titles: { en: "Plato's other dialogues", 'pt-BR': 'Outros diálogos de Platão' },
  titlesInSentence: { en: "Plato's other dialogues", 'pt-BR': 'os outros diálogos de Platão' },
  shortTitles: { en: 'Dialogues', 'pt-BR': 'Diálogos' },
  commandNames: { en: 'dialogues', 'pt-BR': 'dialogos' },
  about: {
    en: "A network that learned Plato's other dialogues continues your words",
    'pt-BR':
      'Uma rede que aprendeu os outros diálogos de Platão (em inglês) continua as suas palavras',
  },
  disclaimer: { en: 'not Plato', 'pt-BR': 'não é de Platão' },
  passage: paragraph,
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
    inTurn: false,
    suits: standsAlone,
  },
  licence:
    'Public domain in the USA: 28 texts of Project Gutenberg, translated by Benjamin Jowett (https://www.gutenberg.org/ebooks/author/93).',
  origin: 'collection',
  parts: Object.entries(titles).map(([number, title]) => ({
    name: number,
    title,
    urls: gutenbergUrls(Number(number)),
  })),
  keptApartFrom: 'plato',
  passagesFrom(part, text, withIntroductions) {
    const lines = gutenbergLines(text);
    const start = dialogueStart(lines, part.title);
    const speeches = start < 0 ? [] : dialogueFrom(unwrappedParagraphs(lines.slice(start)));
    if (!isOf(part, lines) || speeches.join('').length < shortest) throw notThePart(part);
    if (!withIntroductions) return speeches;
    const before = lines.slice(0, start);
    const from = before.findIndex((line) => introduction.test(line));
    return [...(from < 0 ? [] : unwrappedParagraphs(before.slice(from))), ...speeches];
  },
};

/** The line that names the persons; the Apology has none, and begins at the last line that is its title. */
function dialogueStart(lines: readonly string[], title: string): number {
  const named = lines.findLastIndex((line) => persons.test(line));
  if (named >= 0) return named;
  const heading = lines.lastIndexOf(title.toUpperCase());
  return heading < 0 ? -1 : heading + 1;
}

/** The speeches without the names of who speaks, and without what is said of the persons and the scene before. */
function dialogueFrom(paragraphs: readonly string[]): string[] {
  const isSpeech = (each: string) => speaker.test(each) && !setting.test(each);
  const first = paragraphs.findIndex(isSpeech);
  return (first < 0 ? narration(paragraphs) : paragraphs.slice(first)).map((each) =>
    each.replace(speaker, ''),
  );
}

/** What one person tells: after the persons, whose names may be a paragraph of their own, and the scene. */
function narration(paragraphs: readonly string[]): string[] {
  return paragraphs.filter((each, place) => {
    const isList =
      persons.test(paragraphs[place - 1] ?? '') && /:$/.test(paragraphs[place - 1] ?? '');
    return !setting.test(each) && !isList;
  });
}

function isOf({ title }: BookPart, lines: readonly string[]): boolean {
  return lines.some((line) => line === title.toUpperCase() || line === `Title: ${title}`);
}

function notThePart({ name, title, urls }: BookPart): BadInput {
  return new BadInput(
    `This is not the whole of the ${title} as Project Gutenberg has it (number ${name}).`,
    `Take the plain text from ${urls[0]}.`,
  );
}
