import { expect, test } from 'vitest';
import { traitsOf } from '../../bench/texts/traits.ts';
import { QuoteIndex } from '../../src/sample/quotes.ts';

const verses = {
  name: 'small',
  title: 'A small book',
  passageKind: 'verse' as const,
  text: 'Ruth 1:1 Now it came [to] pass.\n\nRuth 1:2 And they went, and it came.\n',
  heldOutGroups: [0],
};

test('of texts in verses, the words, forms, repeats and borrowings are counted', async () => {
  const quotes = await QuoteIndex.build(verses.text);
  if (!quotes) throw new TypeError('so small a book has an index');
  const texts = [
    // True but for the cut end, whose last word counts for nothing.
    'Ruth 1:2 Now it came to pass.\n\nRuth 1:1 And wen',
    // A verse that the chapter has not, one without its end mark, one whose bracket stays open.
    'Ruth 1:3 And.\n\nRuth 1:2 they went\n\nRuth 1:1 to [pass.\n\n',
    // Four words twice, one of them not of the book.
    'Ruth 1:1 it came to gone, it came to gone.\n\n',
  ];
  expect(traitsOf(texts, verses, quotes)).toEqual({
    realWords: 23 / 25,
    trueForm: 2 / 5,
    repeated: 1 / (5 + 5 + 6),
    borrowed: ('pass.\n\nRuth 1'.length + 'they went'.length + 'Ruth 1:1'.length) / 3,
    mostBorrowed: 'pass.\n\nRuth 1'.length,
  });
});

test('a paragraph is sound that begins with a capital, ends with a mark and closes what it opens', async () => {
  const book = { ...verses, passageKind: 'paragraph' as const };
  const sound = ['I said (so), he.', '"Yes?"', 'He replied:'];
  const unsound = ['no capital.', 'No mark', 'It (never closes.', 'It closes) early.'];
  const written = [...sound, ...unsound, ''].join('\n\n');
  const { trueForm } = traitsOf([written], book, { longest: () => null });
  expect(trueForm).toBe(3 / 7);
});
