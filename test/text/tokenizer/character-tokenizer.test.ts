import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CharacterTokenizer } from '../../../src/text/tokenizer/character-tokenizer.ts';

describe('CharacterTokenizer', () => {
  test('has the characters of a text sorted by code point, one beyond 16 bits as one', () => {
    const tokenizer = CharacterTokenizer.of('b🙂a～\nb');
    expect(tokenizer.characters).toEqual(['\n', 'a', 'b', '～', '🙂']);
    expect(tokenizer.size).toBe(5);
    expect(tokenizer.newlineId).toBe(0);
    expect(tokenizer.has('🙂')).toBe(true);
    expect(tokenizer.has('c')).toBe(false);
    expect(tokenizer.has('ab')).toBe(false);
    expect([...tokenizer.encode('🙂b🙂')]).toEqual([4, 2, 4]);
  });

  test('writes any text of its own as ids and back', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `${text}\n`);
    fc.assert(
      fc.property(texts, (text) => {
        const tokenizer = CharacterTokenizer.of(text);
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
        const written = JSON.stringify(tokenizer.characters);
        expect(CharacterTokenizer.parse(JSON.parse(written)).characters).toEqual(
          tokenizer.characters,
        );
      }),
    );
  });

  test('refuses a character that it does not have, and says which and where', () => {
    expect(() => CharacterTokenizer.of('ab\n').encode('abé')).toThrow(
      'Character 3 of the text, "é" (U+00E9), is not in the vocabulary of 3 characters.',
    );
  });

  test('has the newline that every text begins after, of a text of one line too', () => {
    expect(CharacterTokenizer.of('abc').tokens).toEqual(['\n', 'a', 'b', 'c']);
  });

  test('refuses an id beyond its size', () => {
    expect(() => CharacterTokenizer.of('ab\n').decode([0, 3])).toThrow('id 3');
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
    expect(() => CharacterTokenizer.parse(value)).toThrow(message);
  });
});
