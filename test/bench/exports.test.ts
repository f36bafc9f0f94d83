import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findPython } from '../../bench/python.ts';
import { bible } from '../../data/bible.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { fromSafetensors, toSafetensors } from '../../src/network/network-file.ts';
import { initialParameters } from '../../src/network/parameters.ts';
import { stepModelFile } from '../../src/network/step-model.ts';
import { Random } from '../../src/text/random.ts';
import { scoringWindows } from '../../src/text/scoring-lanes.ts';
import { splitCorpus } from '../../src/text/split.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { learnBpe } from '../../src/text/tokenizer/learn-bpe.ts';
import { saveTokenizer } from '../../src/text/tokenizer/saved-tokenizer.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';

const python = await findPython(undefined, () => {});
const hasAll =
  python !== undefined &&
  (await promisify(execFile)(process.env.ESCRIBA_PYTHON ?? 'python3', [
    '-c',
    'import onnxruntime, tokenizers',
  ]).then(
    () => true,
    () => false,
  ));

// Needs a Python with them: pip install torch numpy tokenizers onnxruntime; ESCRIBA_PYTHON=.venv/bin/python
describe.skipIf(!hasAll)('PyTorch and ONNX Runtime in Python', () => {
  test.each(['F32', 'I8'] as const)(
    'give a held-out part the bits that we give it, tokenized by `tokenizers`, from weights in %s',
    async (precision) => {
      const corpus = await bible.corpus();
      const text = corpus.text.slice(0, 400_000);
      const heldOutGroups = corpus.heldOutGroups.filter((start) => start < text.length);
      const { training, validation } = splitCorpus({ ...corpus, text, heldOutGroups }, 'units');
      const tokenizer = learnBpe(training, CharacterTokenizer.of(text), 512);
      const config: NetworkConfig = {
        ...{ cell: 'lstm', vocabularySize: tokenizer.size, embedding: 16, hidden: 48, layers: 2 },
      };
      const random = Random.seeded(1, 'exports');
      const drawn = initialParameters(config, () => random.next());
      const larger = Object.fromEntries(
        Object.entries(drawn).map(([name, array]) => [
          name,
          { ...array, data: array.data.map((weight) => 4 * weight) },
        ]),
      );
      const { vocabulary, tokenizer: json } = saveTokenizer(tokenizer);
      const folder = await mkdtemp(join(tmpdir(), 'escriba-test-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const file = (name: string) => join(folder, name);
      const saved = toSafetensors(
        { config, vocabulary, tokenizer: json, weights: larger, metadata: {} },
        precision,
      );
      const { weights } = fromSafetensors(saved);
      await writeFile(file('a.safetensors'), saved);
      const metadata = {
        config: JSON.stringify(config),
        vocabulary: JSON.stringify(vocabulary),
        tokenizer: json ?? '',
      };
      await writeFile(file('a.onnx'), stepModelFile(config, weights, { metadata }));
      await writeFile(file('text'), validation);

      const theirs = await python?.run(
        'read-exports.py',
        { safetensors: file('a.safetensors'), onnx: file('a.onnx'), text: file('text') },
        z.object({ tokens: z.int(), torch: z.number(), onnx: z.number() }),
      );
      const ours = await bitsOf(config, weights, tokenizer, validation);
      expect(ours.tokens).toBeGreaterThan(5000);
      expect(theirs?.tokens).toBe(ours.tokens);
      // Sums of single precision, in other orders.
      expect(Math.abs((theirs?.torch ?? 0) / ours.bits - 1)).toBeLessThan(1e-6);
      expect(Math.abs((theirs?.onnx ?? 0) / ours.bits - 1)).toBeLessThan(1e-6);
    },
    120_000,
  );
});

/** Of a text that is read through from a hidden state of zero. */
async function bitsOf(
  config: NetworkConfig,
  weights: NamedArrays,
  tokenizer: Tokenizer,
  text: string,
): Promise<{ readonly tokens: number; readonly bits: number }> {
  const ids = tokenizer.encode(text);
  const shape = { lanes: 1, unroll: 64, prime: 1 };
  const scorer = await onnxEngine.scorer({ config, ...shape, threads: 1 });
  scorer.begin(weights);
  let nats = 0;
  for (const window of scoringWindows(ids, tokenizer.newlineId, shape)) {
    const costs = await scorer.score(window);
    nats += costs.reduce((sum, cost, at) => sum + cost * (window.weights[at] ?? 0), 0);
  }
  await scorer.close();
  return { tokens: ids.length, bits: nats / Math.LN2 };
}
