import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsPerCharacter, ngramModel } from '../../bench/ngram/model.ts';
import { modifiedKneserNey, wittenBell } from '../../bench/ngram/smoothing.ts';
import { countNgrams } from '../../bench/ngram/trie.ts';
import { plainPredictors, subjectOf } from '../../bench/predictors.ts';
import { bible } from '../../data/bible.ts';
import { naiveKneserNey, naiveWittenBell } from './naive-ngrams.ts';

const vocabularySize = 4;
const everyCharacter = [0, 1, 2, 3];
const texts = fc.string({ unit: fc.constantFrom('0', '1', '2', '3'), minLength: 1, maxLength: 60 });
const orders = fc.integer({ min: 1, max: 6 });

const ids = (text: string): Int32Array => Int32Array.from(text, Number);

test.each([
  { name: 'Witten-Bell', smoothing: wittenBell, naive: naiveWittenBell },
  { name: 'modified Kneser-Ney', smoothing: modifiedKneserNey, naive: naiveKneserNey },
])('$name gives what its formula gives, and sums to 1', ({ smoothing, naive }) => {
  fc.assert(
    fc.property(texts, texts, orders, (learned, read, order) => {
      const model = ngramModel(ids(learned), vocabularySize, order, smoothing);
      for (const character of ids(read)) model.read(character);
      const given = everyCharacter.map((character) => model.probability(character));
      const context = order === 1 ? '' : read.slice(1 - order);
      for (const character of everyCharacter) {
        const expected = naive(learned, vocabularySize, order, context, String(character));
        expect(given[character]).toBeCloseTo(expected, 12);
        expect(given[character]).toBeGreaterThan(0);
      }
      expect(given.reduce((sum, probability) => sum + probability)).toBeCloseTo(1, 12);
    }),
    { numRuns: 500 },
  );
});

test('Witten-Bell by hand', () => {
  // 0 twice and 1 once: p(0) = (2 + 2/2) / (3 + 2). After 0 came 0 and 1: p(0|0) = (1 + 2 * 0.6) / (2 + 2).
  const model = ngramModel(ids('001'), 2, 2, wittenBell);
  expect(model.probability(0)).toBeCloseTo(0.6, 12);
  model.read(0);
  expect(model.probability(0)).toBeCloseTo(0.55, 12);
  expect(model.probability(1)).toBeCloseTo(0.45, 12);
});

test('a text is scored from what stands before it, each character with all before it', () => {
  const model = ngramModel(ids('001'), 2, 2, wittenBell);
  model.read(1);
  const bits = bitsPerCharacter(model, ids('01'), 0);
  expect(bits).toBeCloseTo(-(Math.log2(0.55) + Math.log2(0.45)) / 2, 12);
});

test('a text whose n-grams do not fit in the keys is refused', () => {
  expect(() => countNgrams(new Int32Array(70_000), 70_000, 2, 'occurrences')).toThrow(RangeError);
});

test('an ordinary Markov bot needs 1.61 bits for a character of the Bible', async () => {
  const markov = plainPredictors.find(({ name }) => name.startsWith('Markov bot'));
  const bits = await markov?.predict(subjectOf(await bible.corpus()));
  expect(bits?.validation).toBeCloseTo(1.6077, 4);
  expect(bits?.test).toBeCloseTo(1.6007, 4);
});
