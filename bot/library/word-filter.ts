import type { ServerSettings } from '../../src/store/settings.ts';
import { usualWords } from './filtered-words.ts';

/** Letters that others are written for. */
const disguises: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/** Whether a text has none of the words that a server filters; a word of the list that ends in `*` stands for all that begin so. */
export function passes(text: string, { filtered, words }: ServerSettings): boolean {
  if (!filtered) return true;
  const whole = comparable(text);
  return [...usual, ...words.map(asPattern)].every((each) => !whole.includes(each));
}

const usual = usualWords.map(asPattern);

/** ` word ` with its spaces, ` word` where it may go on. */
function asPattern(word: string): string {
  const own = comparable(word.replace(/\*$/, ''));
  return word.endsWith('*') ? own.trimEnd() : own;
}

/** Its words in a row, between spaces: without case, accents, disguises and letters that are drawn out. */
function comparable(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[013457@$]/g, (sign) => disguises[sign] ?? sign)
    .replace(/(\p{L})\1{2,}/gu, '$1');
  return ` ${plain.match(/[\p{L}\p{N}]+/gu)?.join(' ') ?? ''} `;
}
