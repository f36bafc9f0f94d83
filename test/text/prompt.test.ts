import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { preparePrompt } from '../../src/text/prompt.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** Like the Bible's: no quotation mark, no X. */
const bible = CharacterTokenizer.of(
  `\n !'(),-.0123456789:;?${letters.toUpperCase()}[]${letters}`.replace('X', ''),
);
const republic = CharacterTokenizer.of(`${bible.characters.join('')}"/X`);

const fed = (text: string, tokenizer = bible): string => preparePrompt(text, tokenizer).text;

describe('preparePrompt', () => {
  test('feeds a text of known characters as it is', () => {
    const prompt = preparePrompt('Henrique', bible);
    expect(prompt).toEqual({
      ids: bible.encode('Henrique'),
      text: 'Henrique',
      rewritten: [],
      leftOut: [],
      leftOutCount: 0,
    });
  });

  test.each([
    ['accents', 'José Übel naïve', 'Jose Ubel naive'],
    ['accents that are characters of their own', 'Jose\u0301', 'Jose'],
    [
      'letters without a decomposition',
      'Ægir, œuvre, straße, Łódź, Þor',
      'AEgir, oeuvre, strasse, Lodz, Thor',
    ],
    ['ligatures and wide letters', 'ﬁnd ＡＢＣ', 'find ABC'],
    ['dashes', 'one—two – three‑four', 'one--two - three-four'],
    ['an ellipsis', 'and…', 'and...'],
    ['apostrophes', '‘Adam’s’', "'Adam's'"],
    ['spaces and line ends of other kinds', 'a\u00a0b\tc\r\nd\re', 'a b c\nd\ne'],
    ['a capital that only exists small', 'Xerxes', 'xerxes'],
  ])('writes %s in the letters that there are', (_, text, expected) => {
    const prompt = preparePrompt(text, bible);
    expect(prompt.text).toBe(expected);
    expect(prompt.leftOut).toEqual([]);
    expect(bible.decode(prompt.ids)).toBe(expected);
  });

  test('reports each rewriting and each loss once, in the order of the text', () => {
    const prompt = preparePrompt('“é” — é, 漢 ½ 漢🙂', bible);
    expect(prompt.text).toBe('e -- e,   ');
    expect(prompt.rewritten).toEqual([
      { from: 'é', to: 'e' },
      { from: '—', to: '--' },
    ]);
    expect(prompt.leftOut).toEqual(['“', '”', '漢', '½', '🙂']);
    expect(prompt.leftOutCount).toBe(6);
  });

  test('writes a curly quote straight only where the tokenizer has the straight one', () => {
    expect(fed('“Yes”', republic)).toBe('"Yes"');
    expect(fed('“Yes”', bible)).toBe('Yes');
    expect(fed('½', republic)).toBe('1/2');
  });

  test('finds a letter in the form that the tokenizer has it in', () => {
    expect(fed('e\u0301', CharacterTokenizer.of('é\n'))).toBe('é');
    expect(fed('é', CharacterTokenizer.of('e\u0301\n'))).toBe('e\u0301');
    expect(fed('“é”—', CharacterTokenizer.of('“é”—\n'))).toBe('“é”—');
  });

  test.each(['', '漢字', '\u0301\ufeff'])('is empty where nothing is left of %j', (text) => {
    const prompt = preparePrompt(text, bible);
    expect(prompt.text).toBe('');
    expect([...prompt.ids]).toEqual([]);
  });

  test('is a text as a file of it is learned: other line ends are newlines, a byte order mark is none', () => {
    expect(preparePrompt('\ufeffone\r\ntwo\rthree\n', bible)).toEqual({
      ...preparePrompt('one\ntwo\nthree\n', bible),
      rewritten: [],
      leftOut: [],
    });
  });

  test('takes 4,000 code units of anything, halves of characters too, and is done after once', () => {
    const anything = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4000, maxLength: 4000 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anything, (text) => {
        const prompt = preparePrompt(text, republic);
        expect(republic.decode(prompt.ids)).toBe(prompt.text);
        const again = preparePrompt(prompt.text, republic);
        expect(again).toEqual({ ...prompt, rewritten: [], leftOut: [], leftOutCount: 0 });
      }),
      { numRuns: 20 },
    );
  });

  test('reads a long text as short ones: nowhere is a letter parted from its marks', () => {
    for (let before = 65_534; before <= 65_537; before++) {
      const prompt = preparePrompt(`${'a'.repeat(before)}e\u0301🙂b`, bible);
      expect(prompt.text).toBe(`${'a'.repeat(before)}eb`);
      expect(prompt.rewritten).toEqual([{ from: 'e\u0301', to: 'e' }]);
      expect(prompt.leftOut).toEqual(['🙂']);
    }
  });

  test('takes a letter under a hundred thousand marks', () => {
    expect(fed(`a${'\u0301\u0323'.repeat(50_000)}b`)).toBe('ab');
  });
});
