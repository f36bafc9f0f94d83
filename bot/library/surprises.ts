import { characterBits, type TextScore } from '../../src/sample/score.ts';
import { escapeMarkdown } from '../core/markdown.ts';

/** One in this many words is marked, and at most this many. */
const wordsAMark = 6;
const mostMarks = 8;

/** The text in markdown, with the words that surprised the network most, by the mean of their bits, underlined. */
export function markSurprises(tokens: TextScore['tokens']): string {
  const parts: { text: string; bits: number }[] = [];
  for (const { character, bits } of characterBits(tokens)) {
    const last = parts.at(-1);
    const isSpace = character.trim() === '';
    if (last && (last.text.trim() === '') === isSpace) {
      last.text += character;
      last.bits += bits;
    } else parts.push({ text: character, bits });
  }
  const meanBits = ({ text, bits }: { text: string; bits: number }) => bits / [...text].length;
  const words = parts.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const count = Math.min(mostMarks, Math.ceil(words.length / wordsAMark));
  const marked = new Set(
    words.toSorted((one, other) => meanBits(other) - meanBits(one)).slice(0, count),
  );
  return parts
    .map((part) =>
      marked.has(part) ? `__${escapeMarkdown(part.text)}__` : escapeMarkdown(part.text),
    )
    .join('');
}
