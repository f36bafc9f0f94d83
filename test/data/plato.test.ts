import { describe, expect, test } from 'vitest';
import { bookFromBytes } from '../../data/fetch-book.ts';
import { plato } from '../../data/plato.ts';
import { passagesOf } from '../../src/text/corpus.ts';
import { newEdition, oldEdition } from './republic.ts';

const corpusOf = (text: string) => bookFromBytes(plato, Buffer.from(text)).corpus;

describe('the Republic', () => {
  test('is its dialogue alone, a paragraph on its line, with plain quotes and dashes', () => {
    const corpus = corpusOf(newEdition);
    expect(corpus.name).toBe('plato');
    const passages = passagesOf(corpus).map(({ text }) => text);
    expect(passages).toHaveLength(22);
    expect(passages.slice(0, 5)).toEqual([
      'BOOK I.',
      'I went down yesterday to the Piraeus with Glaucon the son of Ariston, that I might offer up my prayers to the goddess.',
      '"There he is," said the youth--"if you will only wait."',
      'BOOK II.',
      "Of book II, Glaucon's part.",
    ]);
    expect(passages.at(-1)).toBe(
      'And it shall be well with us in the pilgrimage of a thousand years which we have been describing.',
    );
  });

  test('is the same from both of its editions', () => {
    expect(corpusOf(oldEdition)).toEqual(corpusOf(newEdition));
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
