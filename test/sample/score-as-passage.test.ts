import { expect, test } from 'vitest';
import type { TextScore } from '../../src/sample/score.ts';
import { scoreAsPassage } from '../../src/sample/score-as-passage.ts';

/** A network that pays 20 bits for the first word of a text, 2 for each other one, and 1 for any after a reference. */
async function expectsReference(text: string): Promise<TextScore> {
  const hasReference = /^\w+ \d+:\d+ /.test(text);
  const words = text.match(/\s*\S+/g) ?? [];
  const tokens = words.map((word, place) => ({
    text: word,
    bits: hasReference ? 1 : place === 0 ? 20 : 2,
    characters: word.length,
  }));
  const bits = tokens.reduce((sum, token) => sum + token.bits, 0);
  return {
    ...{ tokens, characters: text.length, bitsPerCharacter: bits / text.length },
    ...{ rewritten: [], leftOut: [], leftOutCount: 0 },
  };
}

test('a verse without its reference is read as one that stands after a reference, which does not count', async () => {
  const { tokens, characters, bitsPerCharacter } = await scoreAsPassage(
    'And it came to pass',
    'John 3:16',
    expectsReference,
  );
  expect(tokens.map(({ text }) => text)).toEqual(['And', ' it', ' came', ' to', ' pass']);
  expect(characters).toBe(19);
  expect(bitsPerCharacter).toBeCloseTo(5 / 19, 10);
});

test('a verse that has its reference is read with it', async () => {
  const verse = 'Genesis 1:1 In the beginning';
  const { characters, tokens } = await scoreAsPassage(verse, 'John 3:16', async (text) => {
    const score = await expectsReference(text);
    return text === verse ? score : { ...score, tokens: score.tokens.map(dear) };
  });
  expect(characters).toBe(verse.length);
  expect(tokens.map(({ text }) => text).join('')).toBe(verse);
});

const dear = <T extends { readonly bits: number }>(token: T): T => ({ ...token, bits: 99 });

test('a text whose passages bear no references is read as it stands', async () => {
  const { bitsPerCharacter } = await scoreAsPassage('I went down', undefined, expectsReference);
  expect(bitsPerCharacter).toBeCloseTo(24 / 11, 10);
});
