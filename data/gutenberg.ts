import { plainSpelling } from '../src/text/plain-spelling.ts';
import { paragraphsOf } from './plain-text.ts';

const licence =
  /^(\*\*\* ?END OF|End of (the |this )?Project Gutenberg|\*\*\*END|End of The Project Gutenberg)/i;

/** The addresses of a text of Project Gutenberg by its number: its own, and two mirrors. */
export function gutenbergUrls(number: number): string[] {
  return ['www.gutenberg.org', 'gutenberg.pglaf.org', 'aleph.gutenberg.org'].map(
    (host) => `https://${host}/cache/epub/${number}/pg${number}.txt`,
  );
}

/** The lines of a file of Project Gutenberg before its closing licence, without the spaces around them. */
export function gutenbergLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const end = lines.findIndex((line) => licence.test(line));
  return end < 0 ? lines : lines.slice(0, end);
}

/** The paragraphs of such lines, each one line, with plain quotes and dashes. */
export function unwrappedParagraphs(lines: readonly string[]): string[] {
  return paragraphsOf(lines.join('\n')).map((paragraph) =>
    paragraph
      .replace(/[‘’“”—]/g, (character) => plainSpelling(character) ?? character)
      .replace(/\s+/g, ' '),
  );
}
