import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bible } from '../../data/bible.ts';
import { QuoteIndex } from '../../src/sample/quotes.ts';

async function index(source: string): Promise<QuoteIndex> {
  const built = await QuoteIndex.build(source);
  if (!built) throw new Error('too many words');
  return built;
}

/** The same by looking everywhere: from every word's beginning to every word's end. */
function longestByHand(source: string, text: string) {
  const isWord = (character: string | undefined) => /[\p{L}\p{N}]/u.test(character ?? '');
  const begins = (all: string, at: number) => isWord(all[at]) && !isWord(all[at - 1]);
  let best = { at: 0, sourceAt: 0, length: 0 };
  for (let at = 0; at < text.length; at++) {
    if (!begins(text, at)) continue;
    for (let end = text.length; end > at + best.length; end--) {
      if (!isWord(text[end - 1]) || isWord(text[end])) continue;
      const stretch = text.slice(at, end);
      let sourceAt = source.indexOf(stretch);
      while (sourceAt >= 0 && !begins(source, sourceAt)) {
        sourceAt = source.indexOf(stretch, sourceAt + 1);
      }
      if (sourceAt >= 0) best = { at, sourceAt, length: end - at };
    }
  }
  return best.length === 0 ? null : best;
}

describe('the longest stretch that a text has word for word', () => {
  test('is of whole words, the first of several as long', async () => {
    const source = 'In the beginning God created the heaven and the earth.\n\nAnd the earth was.';
    const quotes = await index(source);
    expect(quotes.longest('thunder and the earthly, and the earth')).toEqual({
      at: 25,
      sourceAt: source.indexOf('and the earth'),
      length: 'and the earth'.length,
    });
    expect(quotes.longest('the earth was')?.sourceAt).toBe(source.indexOf('the earth was'));
    expect(quotes.longest('Zebras!')).toBeNull();
    expect(quotes.longest('')).toBeNull();
    expect((await index('')).longest('the earth')).toBeNull();
  });

  test('is the one that is found by looking everywhere', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'ab', ' ', ' ', ', ', '\n', 'é', "'"), { maxLength: 60 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, text, async (source, written) => {
        expect((await index(source)).longest(written)).toEqual(longestByHand(source, written));
      }),
      { numRuns: 2000 },
    );
  });

  test('is found in the whole Bible, and one line that is repeated thousands of times does no harm', async () => {
    const text = (await bible.corpus()).text;
    const quotes = await index(text);
    const written = 'For lo, he that believeth on him is not condemned: but the fox believeth not';
    const quote = quotes.longest(written);
    expect(written.slice(quote?.at, (quote?.at ?? 0) + (quote?.length ?? 0))).toBe(
      'that believeth on him is not condemned: but',
    );
    expect(text.slice(0, quote?.sourceAt).match(/[^\n]*$/)?.[0]).toBe('John 3:18 He ');
    const line = 'the same line again and again\n';
    expect((await index(line.repeat(5_000))).longest(`x ${line.repeat(9)}`)?.length).toBe(
      9 * line.length - 1,
    );
  });
});
