import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findPython } from '../../bench/python.ts';
import type { Engine, States } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { fromSafetensors, toSafetensors } from '../../src/network/network-file.ts';
import { trainableArrays } from '../../src/network/optimizer.ts';
import { initialParameters, parameterShapes, zeros } from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { learnBpe } from '../../src/text/tokenizer/learn-bpe.ts';
import { saveTokenizer } from '../../src/text/tokenizer/saved-tokenizer.ts';
import { engines } from '../engine/engines.ts';
import { expectClose } from '../engine/networks.ts';

const run = promisify(execFile);
const pythonName = process.env.ESCRIBA_PYTHON ?? 'python3';
const python = await findPython(pythonName, () => {});
const hasSafetensors = await run(pythonName, ['-c', 'import safetensors, torch']).then(
  () => true,
  () => false,
);
const vocabulary = [...'\n abcdefghijklmnopqrstuvwxyz'];
const networks = [
  { cell: 'lstm', embedding: 12, hidden: 24, layers: 1 },
  { cell: 'lstm', embedding: 'one-hot', hidden: 24, layers: 2 },
  { cell: 'classic', embedding: 12, hidden: 24, layers: 2 },
  { cell: 'classic', embedding: 'one-hot', hidden: 24, layers: 1 },
] as const;

/** [N][V]: after each of N characters. */
const logits = z.array(z.array(z.number()));

// Needs a Python with PyTorch: ESCRIBA_PYTHON=.venv/bin/python npx vitest run test/bench/pytorch.test.ts
describe.skipIf(!python)('a network computes the same here and in PyTorch', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'escriba-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(networks)('exported: $cell, embedding $embedding, layers $layers', async (network) => {
    const random = Random.seeded(1, 'parameters');
    const config = { ...network, vocabularySize: vocabulary.length };
    const weights = initialParameters(config, () => random.next());
    const ids = Array.from({ length: 60 }, () => random.below(vocabulary.length));
    const file = join(folder, 'ours.safetensors');
    await writeFile(
      file,
      toSafetensors({ config, vocabulary, tokenizer: null, weights, metadata: {} }),
    );
    const theirs = await python?.run(
      'load-lstm.py',
      { file, ids: JSON.stringify(ids) },
      z.object({ logits }),
    );
    expectSame(await ourLogits(config, weights, ids), theirs?.logits);
  });

  test.each(networks)('derived: $cell, embedding $embedding, layers $layers', async (network) => {
    const random = Random.seeded(2, 'gradients');
    const config = { ...network, vocabularySize: vocabulary.length };
    const weights = initialParameters(config, () => random.next());
    const ids = Array.from({ length: 41 }, () => random.below(vocabulary.length));
    const [file, gradients] = [join(folder, 'w.safetensors'), join(folder, 'g.safetensors')];
    await writeFile(
      file,
      toSafetensors({ config, vocabulary, tokenizer: null, weights, metadata: {} }),
    );
    await python?.run(
      'load-lstm.py',
      { file, gradients, ids: JSON.stringify(ids) },
      z.object({ logits }),
    );
    const theirs = fromSafetensors(await readFile(gradients)).weights;
    for (const engine of engines) {
      const ours = await gradientsOf(engine, config, weights, ids);
      for (const { name } of parameterShapes(config)) {
        expectClose(ours[name]?.data, theirs[name]?.data ?? [], `${engine.name}: ${name}`, 1e-4);
      }
    }
  });

  test.each(networks)('imported: $cell, embedding $embedding, layers $layers', async (network) => {
    const file = join(folder, 'theirs.safetensors');
    const theirs = await python?.run(
      'make-lstm.py',
      { file, ...network, vocabulary: vocabulary.join('') },
      z.object({ ids: z.array(z.int()), logits }),
    );
    const loaded = fromSafetensors(await readFile(file));
    expect(loaded.config).toEqual({ ...network, vocabularySize: vocabulary.length });
    expect(loaded.vocabulary).toEqual(vocabulary);
    expectSame(await ourLogits(loaded.config, loaded.weights, theirs?.ids ?? []), theirs?.logits);
  });

  test.skipIf(!hasSafetensors).each([
    { embedding: 12, precision: 'F32', tokens: 'characters' },
    { embedding: 'one-hot', precision: 'F16', tokens: 'characters' },
    { embedding: 12, precision: 'I8', tokens: 'subwords' },
  ] as const)(
    "there and back by the README's lines as they are written: embedding $embedding, $precision, $tokens",
    async ({ embedding, precision, tokens }) => {
      const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
      const [there = '', , back = ''] = Array.from(
        readme.matchAll(/^```python\n(.*?)^```/gms),
        ([, lines]) => lines,
      );
      const text = JSON.parse(/^text = (".*")$/m.exec(there)?.[1] ?? '""');
      const characters = CharacterTokenizer.of(text);
      const tokenizer = tokens === 'subwords' ? learnBpe(text, characters, 128) : characters;
      const saved = saveTokenizer(tokenizer);
      const config: NetworkConfig = {
        ...{ cell: 'lstm', embedding, hidden: 24, layers: 2, vocabularySize: tokenizer.size },
      };
      const random = Random.seeded(3, 'parameters');
      const weights = initialParameters(config, () => random.next());
      const file = toSafetensors({ config, ...saved, weights, metadata: {} }, precision);
      const ours = fromSafetensors(file);
      await writeFile(join(folder, 'bible.safetensors'), file);
      const subwords = tokens === 'subwords' ? 'own["tokenizer"] = metadata["tokenizer"]' : '';
      const printed = 'print(json.dumps(logits.tolist()))';
      await writeFile(
        join(folder, 'readme.py'),
        [there, back.replace(/^save_file/m, `${subwords}\n$&`), printed].join('\n'),
      );
      const { stdout } = await run(pythonName, ['readme.py'], { cwd: folder });
      const theirs = logits.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
      const ids = Array.from(text, (character) => saved.vocabulary.indexOf(String(character)));
      expectSame(await ourLogits(config, ours.weights, ids), theirs);
      expect(fromSafetensors(await readFile(join(folder, 'mine.safetensors')))).toEqual(ours);
    },
  );
});

/** Of the mean loss at every id but the first. */
async function gradientsOf(
  engine: Engine,
  config: NetworkConfig,
  weights: NamedArrays,
  ids: readonly number[],
): Promise<NamedArrays> {
  const setup = {
    ...{ config, batch: 1, unroll: ids.length - 1, threads: 1, keepsEma: false },
    dropout: { outputs: false, recurrent: false },
  };
  const moments = zeros(trainableArrays(setup));
  const trainer = await engine.trainer(setup, { ...moments, ...weights });
  const window = {
    inputs: Int32Array.from(ids.slice(0, -1)),
    targets: Int32Array.from(ids.slice(1)),
  };
  const { gradients } = await trainer.gradients(window, { recurrent: {}, layers: [] });
  await trainer.close();
  return gradients;
}

async function ourLogits(
  config: NetworkConfig,
  weights: NamedArrays,
  ids: readonly number[],
): Promise<number[][]> {
  const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
  const all: number[][] = [];
  let states: States | undefined;
  for (const id of ids) {
    const output = await stepper.step(Int32Array.of(id), states);
    states = output.states;
    all.push([...output.logits]);
  }
  await stepper.close();
  return all;
}

function expectSame(ours: readonly number[][], theirs: readonly number[][] | undefined): void {
  expect(ours.length).toBeGreaterThan(0);
  expect(theirs?.map((row) => row.length)).toEqual(ours.map((row) => row.length));
  const differences = ours.flatMap((row, step) =>
    row.map((logit, id) => Math.abs(logit - (theirs?.[step]?.[id] ?? Number.NaN))),
  );
  expect(Math.max(...differences)).toBeLessThan(1e-5);
}
