import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bible } from '../../../data/bible.ts';
import { Random } from '../../../src/text/random.ts';
import { BpeTokenizer } from '../../../src/text/tokenizer/bpe-tokenizer.ts';
import { CharacterTokenizer } from '../../../src/text/tokenizer/character-tokenizer.ts';
import { learnBpe } from '../../../src/text/tokenizer/learn-bpe.ts';
import { readTokenizer, saveTokenizer } from '../../../src/text/tokenizer/saved-tokenizer.ts';
import { naiveMerges, naiveTokens } from './naive-bpe.ts';

const chapter = (await bible.corpus()).text.slice(0, 20_000);
const learned = (text: string, size: number) => learnBpe(text, CharacterTokenizer.of(text), size);
const fromBible = learned(chapter, 300);

/** Texts in which pairs come often, overlap and tie. */
const dense = fc
  .string({
    unit: fc.constantFrom('a', 'b', 'c', ' ', '\n', '1', '(', '.', 'é', '🙂'),
    maxLength: 200,
  })
  .map((text) => `${text}\n`);

describe('byte-pair encoding', () => {
  test('is learned as the paper tells it', () => {
    fc.assert(
      fc.property(dense, fc.integer({ min: 11, max: 30 }), (text, size) => {
        expect(learned(text, size).merges).toEqual(naiveMerges(text, size));
      }),
    );
    expect(fromBible.merges).toEqual(naiveMerges(chapter, 300));
    expect(fromBible.size).toBe(300);
  });

  test('encodes as the paper tells it, and decodes to the same text', () => {
    fc.assert(
      fc.property(dense, dense, (text, other) => {
        const tokenizer = learnBpe(text, CharacterTokenizer.of(text + other), 40);
        const ids = tokenizer.encode(other);
        expect(Array.from(ids, (id) => tokenizer.tokens[id])).toEqual(
          naiveTokens(other, tokenizer.merges),
        );
        expect(tokenizer.decode(ids)).toBe(other);
      }),
    );
  });

  test('joins nothing across the beginning of a word, a line end, a digit or a bracket', () => {
    const text = "\tif (a1 == 12) [so]\n    “the” men’s don't  , the man\n".repeat(9);
    const joined = learned(text, 128).tokens.filter((token) => [...token].length > 1);
    expect(joined).toEqual(expect.arrayContaining([' the', ' ==', '   ', 'the', " don't"]));
    for (const token of [...joined, ...fromBible.tokens.slice(70)]) {
      if ([...token].length === 1) continue;
      expect(token).not.toMatch(/[\n\d()[\]]/);
      expect(token).not.toMatch(/\S\s/);
      expect(token).not.toMatch(/[^\p{L}'’ ]\p{L}/u);
    }
  });

  test('is the same each time, and has the characters of the whole text', () => {
    const alphabet = CharacterTokenizer.of(`${chapter}Ωé🙂`);
    const tokenizer = learnBpe(chapter, alphabet, 300);
    expect(learnBpe(chapter, alphabet, 300).tokens).toEqual(tokenizer.tokens);
    expect(tokenizer.characters).toEqual(alphabet.tokens);
    expect(tokenizer.decode(tokenizer.encode(' éΩ🙂\n'))).toBe(' éΩ🙂\n');
    expect(tokenizer.tokens[tokenizer.newlineId]).toBe('\n');
    expect(tokenizer.lengths[tokenizer.idOf(' the')]).toBe(4);
  });

  test('has fewer tokens than asked for where no pair is there twice', () => {
    expect(learned('abcd\n', 128).tokens).toEqual(['\n', 'a', 'b', 'c', 'd']);
  });

  test('says which character it does not know, and where', () => {
    expect(() => fromBible.encode('In the beginning 🙂')).toThrow(
      'Character 18 of the text, "🙂" (U+1F642), is not in the vocabulary',
    );
  });

  test('needs more tokens than characters', () => {
    expect(() => learned('abcdefg\n', 8)).toThrow(
      'The text has 8 different characters, and the vocabulary is to have 8 tokens.',
    );
  });

  test('comes back as it was saved', () => {
    const saved = saveTokenizer(fromBible);
    const back = readTokenizer(saved);
    expect(back.tokens).toEqual(fromBible.tokens);
    expect(back.encode(chapter)).toEqual(fromBible.encode(chapter));
    expect(readTokenizer(saveTokenizer(CharacterTokenizer.of('ab\n'))).kind).toBe('char');
  });

  test.each([
    ['is no JSON', () => '{'],
    ['lacks a token of a merge', (json: string) => json.replace('" the":', '" thé":')],
    ['has an id twice', (json: string) => json.replace(/" the":\d+/, '" the":0')],
    ['splits elsewhere', (json: string) => json.replace('Isolated', 'Removed')],
    ['merges twice', (json: string) => json.replace('"merges":[', '"merges":[[" ","t"],')],
  ])('is refused where it %s', (_, damage) => {
    const { vocabulary, tokenizer } = saveTokenizer(fromBible);
    const damaged = damage(tokenizer ?? '');
    expect(damaged).not.toBe(tokenizer);
    expect(() => readTokenizer({ vocabulary, tokenizer: damaged })).toThrow(/^The tokenizer/);
  });

  test('goes on with further characters, whose ids follow', () => {
    const wider = fromBible.withCharacters(['a', 'Ω', 'é']);
    expect(wider.tokens).toEqual([...fromBible.tokens, 'Ω', 'é']);
    expect(wider.encode(chapter)).toEqual(fromBible.encode(chapter));
    expect(wider.decode(wider.encode('Ω the é\n'))).toBe('Ω the é\n');
  });
});

describe('BPE-dropout', () => {
  test('spells the same text otherwise, the same way from the same generator', () => {
    const encode = (dropout: number, seed: number) =>
      fromBible.encodeWithDropout(chapter, dropout, Random.seeded(seed, 'encoding'));
    const [some, other] = [encode(0.1, 1), encode(0.1, 2)];
    expect(fromBible.decode(some)).toBe(chapter);
    expect(some.length).toBeGreaterThan(fromBible.encode(chapter).length);
    expect(some).toEqual(encode(0.1, 1));
    expect(some).not.toEqual(other);
    expect(encode(0, 1)).toEqual(fromBible.encode(chapter));
    expect(encode(1, 1).length).toBe([...chapter].length);
  });

  test('passes over each merge with its probability', () => {
    // One merge alone: a and b are joined unless it is left out.
    const tokenizer = new BpeTokenizer(['\n', ' ', 'a', 'b', 'ab'], [['a', 'b']]);
    const text = 'ab '.repeat(10_000);
    const ids = tokenizer.encodeWithDropout(text, 0.3, Random.seeded(1, 'encoding'));
    const joined = ids.filter((id) => id === 4).length;
    expect(joined / 10_000).toBeCloseTo(0.7, 1);
  });
});
