import { expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { scorerShape, scoreText } from '../../src/sample/score.ts';
import { plainReading } from '../train/plain-reading.ts';
import { lively, network, text, tokenizer } from '../train/training.ts';

const weights = lively(network);

async function score(scored: string) {
  const setup = { ...scorerShape(scored.length), config: network, threads: 1 };
  const scorer = await onnxEngine.scorer(setup);
  try {
    return await scoreText(scorer, weights, tokenizer, scored);
  } finally {
    await scorer.close();
  }
}

test.each([
  ['a short text, from its first character on', 100, [0]],
  ['a long text, in stretches that each begin 256 characters early', 3300, [0, 1100, 2200]],
] as const)("a score is the network's own surprise at %s", async (_, length, firsts) => {
  const scored = text.repeat(7).slice(0, length);
  const ids = tokenizer.encode(scored);
  const stepper = await onnxEngine.stepper({ config: network, weights, threads: 1 });
  const expected: number[] = [];
  for (const [index, first] of firsts.entries()) {
    const end = firsts[index + 1] ?? length;
    expected.push(...(await plainReading(stepper, ids, tokenizer.newlineId, first, end)));
  }
  await stepper.close();
  const { bitsPerCharacter, characters, tokens, leftOut } = await score(scored);
  expect(tokens.map((token) => token.text).join('')).toBe(scored);
  expect(characters).toBe(expected.length);
  const differences = tokens.map(({ bits }, place) => Math.abs(bits - (expected[place] ?? 0)));
  expect(Math.max(...differences)).toBeLessThan(1e-4);
  expect(bitsPerCharacter).toBeCloseTo(expected.reduce((sum, each) => sum + each) / length, 5);
  expect(leftOut).toEqual([]);
});

test('characters that the network does not know are left out and told of', async () => {
  const known = await score('the sea is a stone.');
  const mixed = await score('the 漢sea🙂 is a 漢\u0308 漢stöne.');
  expect(mixed.leftOut).toEqual(['漢', '🙂', '漢\u0308']);
  expect(mixed.leftOutCount).toBe(4);
  const spaced = await score('the sea is a  stone.');
  expect(mixed.tokens).toEqual(spaced.tokens);
  expect(known.leftOutCount).toBe(0);
});

test.each(['', '漢🙂'])('there is no figure where no character is known: "%s"', async (nothing) => {
  const { bitsPerCharacter, characters, tokens } = await score(nothing);
  expect(bitsPerCharacter).toBeNaN();
  expect(characters).toBe(0);
  expect(tokens).toEqual([]);
});

test('a line break is a character like any other', async () => {
  const { tokens } = await score('\r\n');
  expect(tokens.map((token) => token.text)).toEqual(['\n']);
});
