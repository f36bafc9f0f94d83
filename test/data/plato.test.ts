import { describe, expect, test } from 'vitest';
import { bookFromBytes } from '../../data/fetch-book.ts';
import { restoreCorpus } from '../../data/own-text.ts';
import { plato } from '../../data/plato.ts';
import { wholeText } from '../../src/text/corpus.ts';
import { newEdition, oldEdition } from './republic.ts';

const corpusOf = (text: string) => bookFromBytes(plato, Buffer.from(text)).corpus;

describe('the Republic', () => {
  test('is its dialogue alone, a paragraph on its line, with plain quotes and dashes', () => {
    const { name, passages: pieces } = corpusOf(newEdition);
    expect(name).toBe('plato');
    expect(pieces).toHaveLength(22);
    expect(pieces.slice(0, 5)).toEqual([
      'BOOK I.',
      'I went down yesterday to the Piraeus with Glaucon the son of Ariston, that I might offer up my prayers to the goddess.',
      '"There he is," said the youth--"if you will only wait."',
      'BOOK II.',
      "Of book II, Glaucon's part.",
    ]);
    expect(pieces.at(-1)).toBe(
      'And it shall be well with us in the pilgrimage of a thousand years which we have been describing.',
    );
  });

  test('is the same from both of its editions', () => {
    expect(corpusOf(oldEdition)).toEqual(corpusOf(newEdition));
  });

  test('is the same again from its stored text', () => {
    const corpus = corpusOf(newEdition);
    expect(restoreCorpus({ ...corpus, text: wholeText(corpus) })).toEqual(corpus);
  });

  test.each([
    ['another text', 'It was the best of times.\n\nIt was the worst of times.\n'],
    ['a web page', '<html><body>Sign in to this network</body></html>'],
    ['a text cut short', newEdition.slice(0, newEdition.indexOf('thousand years'))],
    ['a text without one of its books', newEdition.replaceAll('BOOK VII.', '')],
    ['one without its beginning', newEdition.replace('I went down yesterday', 'I went up')],
    ['an empty file', ''],
  ])('is not %s', (_, text) => {
    expect(() => corpusOf(text)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('not the whole of the Republic'),
        remedy: expect.stringContaining('https://www.gutenberg.org/'),
      }),
    );
  });
});
