import { bookNamed } from '../../../data/books.ts';
import type { Length } from './options.ts';

/** What the bot allows: hotter drawing and longer texts are asked of it in vain. */
const hottest = 1.5;
const mostLines = 8;

/** The command that asks the bot for such a text. */
export function botCommand(wish: {
  readonly corpus: string;
  readonly run: number;
  readonly seed: string;
  readonly temperature: number;
  readonly length: Length;
}): string {
  const { corpus, run, seed, temperature, length } = wish;
  const book = bookNamed(corpus);
  const [counted, most] = book
    ? [book.amounts.optionNames.en, book.amounts.largest]
    : ['lines', mostLines];
  return [
    book ? `/${book.commandNames.en}` : `/write corpus:${corpus}`,
    ...(seed === '' ? [] : [`seed:${seed}`]),
    ...('passages' in length ? [`${counted}:${Math.min(most, length.passages)}`] : []),
    `temperature:${Math.min(hottest, temperature)}`,
    `model:${run}`,
  ].join(' ');
}
