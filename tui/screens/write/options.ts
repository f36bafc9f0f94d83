import type { StopOptions } from '../../../src/sample/stop.ts';
import type { PassageKind } from '../../../src/text/corpus.ts';

/** What each option does, for who writes for the first time. */
export const optionWords: readonly (readonly [name: string, about: string])[] = [
  ['model', 'The network that writes. ★ is the active one of its text.'],
  [
    'temperature',
    'Below 1 keeps to what is likely, above 1 strays from it; 0 always takes the likeliest.',
  ],
  ['length', 'Where the text ends.'],
  ['top-p', 'Draws among the likeliest whose probabilities add up to this.'],
  ['top-k', 'Draws among this many of the likeliest.'],
  ['min-p', 'Leaves out what has less than this share of the likeliest’s probability.'],
  ['random seed', 'With the same one, the same text comes again.'],
];

/** How long a text becomes. */
export type Length = Readonly<{ passages: number }> | Readonly<{ characters: number }>;

export const lengths: readonly Length[] = [
  { passages: 1 },
  { passages: 2 },
  { passages: 4 },
  { passages: 8 },
  { characters: 200 },
  { characters: 400 },
  { characters: 1000 },
  { characters: 4000 },
];
export const temperatures = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2];
export const topPs = [0.5, 0.7, 0.8, 0.9, 0.95, 1];
/** 0 leaves none out. */
export const topKs = [0, 1, 2, 3, 5, 10, 20, 40];

/** The least probability as a share of the likeliest one's; 0 leaves none out. */
export const minPs = [0, 0.02, 0.05, 0.1, 0.2];

/** A text of so many verses or paragraphs is not endless where the network never ends one. */
const mostCharacters = 4000;

export function stopOf(length: Length, passageKind: PassageKind): StopOptions {
  return 'passages' in length
    ? { passages: length.passages, passageKind, characters: mostCharacters }
    : { characters: length.characters };
}

export function lengthWords(length: Length, passageKind: PassageKind): string {
  if ('characters' in length) return `${length.characters} characters`;
  return `${length.passages} ${passageKind}${length.passages === 1 ? '' : 's'}`;
}

/** The choice so many places further; the ends stay where they are. */
export function stepIn<T>(choices: readonly T[], value: T, by: number): T {
  const place = Math.max(0, choices.indexOf(value)) + by;
  return choices[Math.max(0, Math.min(choices.length - 1, place))] ?? value;
}
