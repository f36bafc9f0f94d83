import { bookNamed, books } from '../../data/books.ts';
import { withoutAccents } from '../../src/text/without-accents.ts';
import type { Choice } from '../core/reply.ts';
import type { Words } from '../words/en.ts';
import type { Services } from './services.ts';
import { shortTitleOf } from './texts.ts';

/** The texts that can be used somewhere, by the names that people choose them by: the books, and those that a network has learned. */
export async function knownTexts(
  { library, settings }: Pick<Services, 'library' | 'settings'>,
  words: Words,
): Promise<Choice[]> {
  const { texts } = settings;
  const others = (await library.served()).filter((name) => bookNamed(name) === undefined);
  return [
    ...books
      .filter(({ name }) => texts === null || texts.includes(name))
      .map(({ name, titles }) => ({ name: titles[words.language], value: name })),
    ...others.map((name) => ({ name, value: name })),
  ];
}

/** The choice that is called so, by its name, its title or its short title. */
export function choiceCalled(
  typed: string,
  choices: readonly Choice[],
  words: Words,
): Choice | undefined {
  return choices.find(({ name, value }) =>
    [name, value, shortTitleOf(value, words)].some((each) => plain(each) === plain(typed)),
  );
}

/** Those that have what was typed in their names. */
export function choicesWith(typed: string, choices: readonly Choice[]): Choice[] {
  return choices.filter(({ name }) => plain(name).includes(plain(typed)));
}

/** As it is compared: without case, accents and underscores. */
export function plain(text: string): string {
  return withoutAccents(text)
    .replace(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase();
}
