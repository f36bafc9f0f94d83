import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  endsWholeWord,
  indexWords,
  searchWords,
  unmarkedSeed,
} from '../../src/sample/seed-word.ts';
import { preparePrompt } from '../../src/text/prompt.ts';
import { BpeTokenizer } from '../../src/text/tokenizer/bpe-tokenizer.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { fuzzCases } from '../support/fuzz.ts';

const learned =
  'And the LORD said unto them, The earth is the sea: and the sea is not the earth.\n';
const indexed = await indexWords(learned);
const characters = CharacterTokenizer.of(learned);
const subwords = new BpeTokenizer(
  [...characters.tokens, 'th', 'the', ' the'],
  [
    ['t', 'h'],
    ['th', 'e'],
    [' ', 'the'],
  ],
);

/** Letters that are known, marks, halves of characters, control characters, other scripts and pieces of all of them. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'the',
        ' ',
        '\r\n',
        '\ufeff',
        '\u0301',
        '\ud83d',
        '\udc00',
        '…',
        'é',
        '½',
        '-',
        '漢',
        '\x1b[2J',
      ),
      { maxLength: 30 },
    )
    .map((pieces) => pieces.join('')),
);

test.each([characters, subwords])(
  'whatever is typed is fed in known characters ($kind)',
  (tokenizer) => {
    fc.assert(
      fc.property(typed, (text) => {
        const { seed } = unmarkedSeed(text);
        expect(endsWholeWord(seed, indexed)).toBe(endsWholeWord(seed, searchWords(learned)));
        const prompt = preparePrompt(text, tokenizer);
        expect(tokenizer.decode(prompt.ids)).toBe(prompt.text);
        for (const character of prompt.text) expect(tokenizer.has(character)).toBe(true);
        expect(prompt.leftOut.length).toBeLessThanOrEqual(prompt.leftOutCount);
      }),
      { numRuns: fuzzCases },
    );
  },
);
