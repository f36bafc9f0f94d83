import { expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { cellNames } from '../../src/network/cells/cells.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { extendVocabulary } from '../../src/run/extend-vocabulary.ts';
import { Random } from '../../src/text/random.ts';
import { tokenizer as known, lively, network } from '../train/training.ts';

/** The logits [V] after a text. */
async function logitsAfter(
  config: NetworkConfig,
  weights: NamedArrays,
  ids: Int32Array,
): Promise<Float32Array> {
  const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
  let step = await stepper.step(ids.slice(0, 1), undefined);
  for (const id of ids.slice(1)) step = await stepper.step(Int32Array.of(id), step.states);
  await stepper.close();
  return step.logits;
}

test.each(
  cellNames.flatMap((cell) => ([4, 'one-hot'] as const).map((embedding) => ({ cell, embedding }))),
)(
  'a network of more characters does as before with those it knew: $cell, $embedding',
  async (changes) => {
    const config = { ...network, ...changes, layers: 2 };
    const weights = lively(config);
    const added = [...'\n!ABé the'];
    const random = Random.seeded(1, 'widening');
    const wide = extendVocabulary(config, known, weights, added, random);
    expect(wide.tokenizer.characters).toEqual([...new Set([...known.characters, ...added])].sort());
    expect(wide.config).toEqual({ ...config, vocabularySize: wide.tokenizer.size });

    const text = '\nthe sea is in the stone.';
    const before = await logitsAfter(config, weights, known.encode(text));
    const after = await logitsAfter(wide.config, wide.weights, wide.tokenizer.encode(text));
    const places = known.characters.map((character) => wide.tokenizer.idOf(character));
    places.forEach((place, id) => {
      expect(after[place]).toBeCloseTo(before[id] ?? Number.NaN, 5);
    });
    const lowest = Math.min(...(weights['dense.b']?.data ?? []));
    const fresh = wide.weights['dense.b']?.data.filter((_, id) => !places.includes(id));
    expect(fresh).toEqual(new Float32Array(4).fill(lowest));
  },
);
