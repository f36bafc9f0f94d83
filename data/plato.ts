import { BadInput } from '../src/errors.ts';
import { plainSpelling } from '../src/text/plain-spelling.ts';
import { groupParagraphs } from '../src/text/units.ts';
import type { DownloadedBook } from './book.ts';
import { paragraphsOf } from './plain-text.ts';

const headings = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'].map(
  (numeral) => `BOOK ${numeral}.`,
);
const firstWords = 'I went down yesterday to the Piraeus with Glaucon';
const lastWords = 'of a thousand years which we have been describing.';
const gutenbergEnd = /^(\*\*\* ?END OF|End of (the )?Project Gutenberg)/i;

/** Plato's Republic in Jowett's translation: the dialogue, without introduction and licence. */
export const plato: DownloadedBook = {
  name: 'plato',
  title: "Plato's Republic",
  piece: 'paragraph',
  licence:
    'Public domain in the USA: Project Gutenberg 1497, translated by Benjamin Jowett (https://www.gutenberg.org/ebooks/1497).',
  origin: 'download',
  urls: [
    'https://www.gutenberg.org/cache/epub/1497/pg1497.txt',
    'https://gutenberg.pglaf.org/cache/epub/1497/pg1497.txt',
    'https://aleph.gutenberg.org/cache/epub/1497/pg1497.txt',
  ],
  corpusFrom(text) {
    const pieces = dialogue(text);
    const found = pieces.filter((piece) => headings.includes(piece));
    if (
      found.join() !== headings.join() ||
      pieces[1]?.startsWith(firstWords) !== true ||
      pieces.at(-1)?.endsWith(lastWords) !== true
    ) {
      throw new BadInput(
        'This is not the whole of the Republic as Project Gutenberg has it (number 1497).',
        `Take the plain text from ${plato.urls[0]}.`,
      );
    }
    const { name, title, piece } = plato;
    return { name, title, piece, pieces, units: groupParagraphs(pieces.length) };
  },
};

/** The paragraphs from the last line `BOOK I.` (the table of contents has one too) to the end, each one line. */
function dialogue(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const start = lines.lastIndexOf('BOOK I.');
  if (start < 0) return [];
  const afterStart = lines.slice(start);
  const end = afterStart.findIndex((line) => gutenbergEnd.test(line));
  const kept = end < 0 ? afterStart : afterStart.slice(0, end);
  return paragraphsOf(kept.join('\n')).map((paragraph) =>
    paragraph
      .replace(/[‘’“”—]/g, (character) => plainSpelling(character) ?? character)
      .replace(/\s+/g, ' '),
  );
}
