import { bookNamed, books } from '../../data/books.ts';
import { command } from '../core/command.ts';
import { type Choice, maximumChoiceLength, maximumChoices } from '../core/reply.ts';
import type { OpenText } from '../library/model-cache.ts';
import { passageLine, rangeOf } from '../library/real-passage.ts';
import { searchPassages } from '../library/search-text.ts';
import type { Services } from '../library/services.ts';
import { passagesOf, titleAtBeginning, titleOf } from '../library/texts.ts';
import type { Words } from '../words/en.ts';
import { inAll, wordsFor } from '../words/words.ts';
import { privateReply } from './answer-text.ts';
import { quoted } from './options.ts';

/** How many passages a search by words shows. */
const mostShown = 5;
/** The characters of a passage that is one of several found. */
const shownLength = 220;

/** A real passage of a book: by its reference, or by words that are in it. */
export const verse = command({
  name: 'verse',
  localNames: { 'pt-BR': 'versiculo' },
  description: inAll(({ commands }) => commands.verse),
  example: inAll(({ examples }) => examples.verse),
  where: 'everywhere',
  who: 'everyone',
  acknowledgement: 'public',
  costly: true,
  options: {
    passage: {
      type: 'text',
      required: true,
      localNames: { 'pt-BR': 'passagem' },
      description: inAll(({ options }) => options.passage),
      minimumLength: 1,
      maximumLength: 100,
      async complete({ text, options, locale }, { library }: Services) {
        const source = await library.text(bookIn(options.book));
        return source === null ? [] : offered(source, text, wordsFor(locale));
      },
    },
    book: {
      type: 'text',
      localNames: { 'pt-BR': 'livro' },
      description: inAll(({ options }) => options.verseBook),
      choices: books.map(({ name, titles }) => ({ value: name, name: titles })),
    },
  },
  async run({ options, locale }, { library }: Services) {
    const words = wordsFor(locale);
    const book = bookIn(options.book);
    const source = await library.text(book);
    if (source === null) return privateReply(words.refusals.noText(titleOf(book, words), book));
    const typed = options.passage.trim();
    const { passages } = source;
    const { find, split } = passagesOf(book);
    const range = find(passages, typed, words.language);
    if (range !== null)
      return { type: 'message', private: false, text: rangeOf(source, range, words) };
    const found = searchPassages(passages, typed, (passage) => split(passage).text);
    if (found.length === 0)
      return privateReply(words.verse.nothing(quoted(typed), titleOf(book, words)));
    const [only] = found;
    const text =
      found.length === 1 && only !== undefined
        ? rangeOf(source, { first: only, last: only }, words)
        : [
            words.verse.found(found.length, quoted(typed), titleAtBeginning(book, words)),
            ...found
              .slice(0, mostShown)
              .map((place) => `- ${passageLine(source, place, shownLength, words)}`),
          ].join('\n');
    return { type: 'message', private: false, text };
  },
});

function bookIn(chosen: unknown): string {
  const name = typeof chosen === 'string' ? bookNamed(chosen)?.name : undefined;
  return name ?? books[0]?.name ?? '';
}

/** What can follow what was typed: books, the passage that it names, and those that have its words. */
function offered(source: OpenText, typed: string, words: Words): Choice[] {
  const { passages } = source;
  const { find, cite, split, suggest } = passagesOf(source.corpus.name);
  const range = find(passages, typed, words.language);
  const places = searchPassages(passages, typed, (passage) => split(passage).text);
  const choice = (place: number, value: string): Choice => ({
    name: `${value} · ${split(passages[place] ?? '').text}`.slice(0, maximumChoiceLength),
    value,
  });
  return [
    ...(range ? [choice(range.first, typed.trim())] : []),
    ...suggest(typed, words.language).map((value) => ({ name: value, value })),
    ...places
      .slice(0, maximumChoices)
      .map((place) => choice(place, cite(passages, place, words.language))),
  ].slice(0, maximumChoices);
}
