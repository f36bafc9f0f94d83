import type { Length } from './options.ts';

/** What the bot allows: hotter drawing and longer texts are asked of it in vain. */
const hottest = 1.5;
const mostPassages = 8;

/** The command that asks the bot for such a text. */
export function botCommand(wish: {
  readonly corpus: string;
  readonly run: number;
  readonly seed: string;
  readonly temperature: number;
  readonly length: Length;
}): string {
  const { corpus, run, seed, temperature, length } = wish;
  const amount = 'passages' in length ? Math.min(mostPassages, length.passages) : undefined;
  const named = corpus === 'bible' || corpus === 'plato';
  const counted = named ? { bible: 'verses', plato: 'sentences' }[corpus] : 'lines';
  return [
    named ? `/${corpus}` : `/write corpus:${corpus}`,
    ...(seed === '' ? [] : [`seed:${seed}`]),
    ...(amount === undefined ? [] : [`${counted}:${amount}`]),
    `temperature:${Math.min(hottest, temperature)}`,
    `model:${run}`,
  ].join(' ');
}
