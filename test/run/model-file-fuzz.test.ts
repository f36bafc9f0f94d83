import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BadInput } from '../../src/errors.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import { toSafetensors } from '../../src/network/network-file.ts';
import { initialParameters, parameterShapes } from '../../src/network/parameters.ts';
import type { Precision } from '../../src/network/safetensors.ts';
import { keepModel } from '../../src/run/keep-model.ts';
import { type NetworkFile, parseNetworkFile } from '../../src/run/model-file.ts';
import { networkOfRun } from '../../src/run/models.ts';
import { Random } from '../../src/text/random.ts';
import { BpeTokenizer } from '../../src/text/tokenizer/bpe-tokenizer.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { saveTokenizer } from '../../src/text/tokenizer/saved-tokenizer.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import { temporaryStore } from '../store/temporary.ts';
import { fuzzCases } from '../support/fuzz.ts';

function goodFile(
  tokenizer: Tokenizer,
  cell: NetworkConfig['cell'],
  precision: Precision = 'F32',
): Uint8Array {
  const config = { cell, vocabularySize: tokenizer.size, embedding: 2, hidden: 8, layers: 1 };
  const random = Random.seeded(1, cell);
  const weights = initialParameters(config, () => random.next());
  const metadata = {
    ...{
      corpus: 'own',
      step: '20',
      bitsPerCharacter: '2.5',
      textHash: '"ab"',
      heldOutHash: '"cd"',
    },
    samples: JSON.stringify([{ step: 20, seed: 'a', text: 'b', temperature: 0.8 }]),
    evaluations: JSON.stringify([{ step: 20, passes: 1, elapsed: 5, bitsPerCharacter: 2.5 }]),
  };
  return toSafetensors({ config, ...saveTokenizer(tokenizer), weights, metadata }, precision);
}

const characters = CharacterTokenizer.of('a b\n“');
const subwords = new BpeTokenizer([...characters.tokens, 'ab'], [['a', 'b']]);
const goodFiles = [
  goodFile(characters, 'lstm'),
  goodFile(characters, 'gru'),
  goodFile(subwords, 'classic'),
  goodFile(subwords, 'lstm', 'I8'),
].map((file) => Buffer.from(file));

/** What is done to a good file at a place, which lies in its header twice as often as in its numbers. */
const mutation = fc.record({
  place: fc.oneof(fc.nat(4_000), fc.nat(4_000), fc.nat(20_000)),
  removed: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(2_000)),
  inserted: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc
      .constantFrom(
        ...[
          '-',
          '9',
          '1e999',
          '9007199254740993',
          'null',
          '"',
          '\\u0000',
          '{',
          '}',
          '[]',
          ',',
          ':',
          'F16',
          'I8',
          '.scale',
          'F64',
          'BF16',
        ],
        ...['__proto__', 'linear.bias', 'vocabulary', '\\ud83d', '"lstm"', 'true', ' '],
      )
      .map((text) => Buffer.from(text)),
  ),
  /** Whether the header's length is made right again, so that what was done is not found by it alone. */
  mended: fc.boolean(),
});
const mutated = fc
  .tuple(fc.constantFrom(...goodFiles), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([good, mutations]) =>
    mutations.reduce((file, { place, removed, inserted, mended }) => {
      const at = place % (file.length + 1);
      const changed = Buffer.concat([file.subarray(0, at), inserted, file.subarray(at + removed)]);
      if (mended && at >= 8 && file.length >= 8) {
        const length = file.readBigUInt64LE() + BigInt(changed.length - file.length);
        if (length >= 0n) changed.writeBigUInt64LE(length);
      }
      return changed;
    }, good),
  );

test('however a file is damaged, it is refused, or is a network that can be kept and used', () => {
  const store = temporaryStore();
  let taken = 0;
  fc.assert(
    fc.property(mutated, (bytes) => {
      let file: NetworkFile;
      try {
        file = parseNetworkFile(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(BadInput);
        return;
      }
      taken++;
      const { config, tokenizer, weights } = file;
      expect(tokenizer.size).toBe(config.vocabularySize);
      for (const { name, shape } of parameterShapes(config)) {
        expect(weights[name]?.shape).toEqual(shape);
      }
      const run = keepModel(store, file, { corpus: file.corpus ?? 'own', origin: 'imported' }, 0);
      expect(networkOfRun(store, run, 0).weights).toEqual(weights);
    }),
    { numRuns: fuzzCases },
  );
  expect(taken).toBeGreaterThan(0);
});
