import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endBefore } from '../../src/sample/stop-string.ts';

async function* given(...pieces: readonly string[]) {
  yield* pieces;
}

async function all(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) {
    expect(piece).not.toBe('');
    text += piece;
  }
  return text;
}

test('a text ends before the string, wherever its pieces part', async () => {
  expect(await all(endBefore(given('And he said', ', Amen', '. And'), 'Amen'))).toBe(
    'And he said, ',
  );
  expect(await all(endBefore(given('aab', 'aa', 'ba', 'ab'), 'aabaab'))).toBe('');
  expect(await all(endBefore(given('no', ' en', 'd'), 'end.'))).toBe('no end');
});

test('in any pieces it is the text up to the first place of the string', async () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  const stops = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(letters), stops, async (pieces, stop) => {
      expect(await all(endBefore(given(...pieces), stop))).toBe(pieces.join('').split(stop)[0]);
    }),
  );
});
