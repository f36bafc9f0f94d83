import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  endsWholeWord,
  indexWords,
  readSeed,
  searchWords,
  unmarkedSeed,
} from '../../src/sample/seed-word.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';

const text = 'In the beginning the kings of the king, and a Prince.\nSão João\n';

test.each([
  ['a word of the text', 'the king', true],
  ['a word at the end of a line', 'João', true],
  ['a word that none begins with', 'Henrique', true],
  ['the beginning of a word', 'In the beginnin', false],
  ['the middle of a word', 'eginnin', true],
  ['no letter at the end', 'the king ', false],
  ['nothing', '', false],
])('a seed that ends with %s', async (_, seed, isWhole) => {
  expect(endsWholeWord(seed, searchWords(text))).toBe(isWhole);
  expect(endsWholeWord(seed, await indexWords(text))).toBe(isWhole);
});

test.each([
  ['In the beginnin', true],
  ['Henrique', true],
  ['Henrique-', false],
  ['Henrique…', false],
  ['In the ', false],
])(
  'where the text is not here, the last word of %j gets letters only if that is asked',
  (seed, isWhole) => {
    const tokenizer = CharacterTokenizer.of('In the beginning, Henrique\n');
    expect(readSeed(seed, tokenizer).endsWord).toBe(isWhole);
  },
);

test('a - or … at its end says that the last word goes on', () => {
  expect(unmarkedSeed('the king-')).toEqual({ seed: 'the king', goesOn: true });
  expect(unmarkedSeed('Henrique…')).toEqual({ seed: 'Henrique', goesOn: true });
  for (const seed of ['the king', 'the -', 'well-known', '-', '']) {
    expect(unmarkedSeed(seed)).toEqual({ seed, goesOn: false });
  }
});

test('of the words of a text its index knows what a search finds', async () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'b', 'á', 'a\u0301', '𐐀', ' ', '.'),
    maxLength: 40,
  });
  const prefix = fc.string({
    unit: fc.constantFrom('a', 'b', 'á', '𐐀'),
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(letters, prefix, async (text, word) => {
      expect((await indexWords(text))(word)).toBe(searchWords(text)(word));
    }),
    { numRuns: 500 },
  );
});
