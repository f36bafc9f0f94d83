import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Vocabulary } from '../../src/text/vocabulary.ts';

describe('Vocabulary', () => {
  test('has the characters of a text sorted by code point, one beyond 16 bits as one', () => {
    const vocabulary = Vocabulary.of('b🙂a～\nb');
    expect(vocabulary.characters).toEqual(['\n', 'a', 'b', '～', '🙂']);
    expect(vocabulary.size).toBe(5);
    expect(vocabulary.newlineId).toBe(0);
    expect(vocabulary.has('🙂')).toBe(true);
    expect(vocabulary.has('c')).toBe(false);
    expect(vocabulary.has('ab')).toBe(false);
    expect([...vocabulary.encode('🙂b🙂')]).toEqual([4, 2, 4]);
  });

  test('writes any text of its own as ids and back', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `${text}\n`);
    fc.assert(
      fc.property(texts, (text) => {
        const vocabulary = Vocabulary.of(text);
        expect(vocabulary.decode(vocabulary.encode(text))).toBe(text);
        const written = JSON.stringify(vocabulary.characters);
        expect(Vocabulary.parse(JSON.parse(written)).characters).toEqual(vocabulary.characters);
      }),
    );
  });

  test('refuses a character that it does not have, and says which and where', () => {
    expect(() => Vocabulary.of('ab\n').encode('abé')).toThrow(
      'Character 3 of the text, "é" (U+00E9), is not in the vocabulary of 3 characters.',
    );
  });

  test('refuses a text of one line without its newline', () => {
    expect(() => Vocabulary.of('abc')).toThrow('has no newline');
  });

  test('refuses an id beyond its size', () => {
    expect(() => Vocabulary.of('ab\n').decode([0, 3])).toThrow('id 3');
  });

  test.each([
    ['an object', {}, 'not a JSON array'],
    ['an entry of two characters', ['\n', 'ab'], 'Entry 1 of the vocabulary is "ab"'],
    ['an empty entry', ['\n', ''], 'Entry 1 of the vocabulary is ""'],
    ['a number', ['\n', 7], 'Entry 1 of the vocabulary is 7'],
    ['half a character', ['\n', '\ud83d'], 'Entry 1 of the vocabulary is "\\ud83d"'],
    [
      'a character twice',
      ['\n', 'a', 'a'],
      'Entry 2 of the vocabulary, "a" (U+0061), is not sorted',
    ],
    [
      'characters out of order',
      ['\n', 'b', 'a'],
      'Entry 2 of the vocabulary, "a" (U+0061), is not',
    ],
    ['no newline', ['a', 'b'], 'has no newline'],
  ])('refuses a vocabulary from outside that is %s', (_, value, message) => {
    expect(() => Vocabulary.parse(value)).toThrow(message);
  });
});
