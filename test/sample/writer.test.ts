import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { States, Stepper } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NetworkConfig } from '../../src/network/config.ts';
import type { WriteRequest } from '../../src/sample/write-request.ts';
import { Writer } from '../../src/sample/writer.ts';
import { Random } from '../../src/text/random.ts';
import { lively, network, tokenizer } from '../train/training.ts';

const config: NetworkConfig = { ...network, embedding: 16, hidden: 48, layers: 2 };
const request: WriteRequest = {
  seed: 'the sea',
  randomSeed: 1,
  temperature: 0.8,
  topP: 1,
  topK: 0,
  characters: 40,
};

let stepper: Stepper;
beforeAll(async () => {
  stepper = await onnxEngine.stepper({ config, weights: lively(config), threads: 1 });
});
afterAll(() => stepper.close());

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const alone = (each: WriteRequest) => textOf(new Writer(stepper, tokenizer).write(each));

/** The stepper, which tells how many rows each step has and may fail at one. */
function watched(failAt = Number.POSITIVE_INFINITY): Stepper & { readonly rows: number[] } {
  const rows: number[] = [];
  return {
    rows,
    step(characters, states) {
      rows.push(characters.length);
      if (rows.length === failAt) throw new Error('out of memory');
      return stepper.step(characters, states);
    },
    close: async () => {},
  };
}

describe('a text', () => {
  test('goes on from a newline and its seed as the network would have it', async () => {
    let read = tokenizer.encode('\nthe sea');
    let expected = '';
    let states: States | undefined;
    while (expected.length < 40) {
      let logits = new Float32Array();
      for (const id of read) {
        const step = await stepper.step(Int32Array.of(id), states);
        states = step.states;
        logits = Float32Array.from(step.logits);
      }
      read = Int32Array.of(logits.indexOf(Math.max(...logits)));
      expected += tokenizer.decode(read);
    }
    expect(await alone({ ...request, temperature: 0 })).toBe(expected);
  });

  test('is the same again for the same random seed, and another for another', async () => {
    expect(await alone(request)).toBe(await alone(request));
    expect(await alone({ ...request, randomSeed: 2 })).not.toBe(await alone(request));
    expect(await alone(request)).toHaveLength(40);
  });

  test('is the same alone and among 64 others that come and go, each with its own options', async () => {
    const random = Random.seeded(5, 'requests');
    const requests = Array.from({ length: 65 }, (_, index): WriteRequest => {
      const seed = tokenizer.decode(
        Int32Array.from({ length: random.below(12) }, () => random.below(tokenizer.size)),
      );
      return {
        seed,
        randomSeed: index,
        temperature: random.below(4) / 2,
        topP: 1 - random.next() / 2,
        topK: random.below(5),
        characters: 1 + random.below(60),
        ...(index % 5 === 0 ? { sentences: 2 } : {}),
      };
    });
    const expected: string[] = [];
    for (const each of requests) expected.push(await alone(each));

    const shared = watched();
    const writer = new Writer(shared, tokenizer);
    const texts: Promise<string>[] = [];
    const begin = async (group: readonly WriteRequest[]): Promise<void> => {
      for (const each of group) texts.push(textOf(writer.write(each)));
      // The next few come when one of another length has been written.
      await alone({ ...request, seed: '', characters: 3 });
    };
    for (let first = 0; first < requests.length; first += 16) {
      await begin(requests.slice(first, first + 16));
    }
    expect(await Promise.all(texts)).toEqual(expected);
    expect(Math.max(...shared.rows)).toBeGreaterThan(16);
    expect(new Set(shared.rows).size).toBeGreaterThan(16);
  });

  test('that is ended early is drawn no further, and leaves the others as they are', async () => {
    const shared = watched();
    const writer = new Writer(shared, tokenizer);
    const other = textOf(writer.write(request));
    let ended = '';
    for await (const piece of writer.write({ ...request, characters: 1_000_000 })) {
      ended += piece;
      if (ended.length >= 5) break;
    }
    expect(await other).toBe(await alone(request));
    expect(ended).toBe((await alone(request)).slice(0, ended.length));
    expect(shared.rows.slice(0, 2)).toEqual([1, 2]);
    expect(shared.rows.at(-1)).toBe(1);
    const steps = shared.rows.length;
    expect(await textOf(writer.write({ ...request, characters: 0 }))).toBe('');
    // Its newline and its seed were read, and one character drawn that is over the limit.
    expect(shared.rows.slice(steps)).toEqual(Array(8).fill(1));
  });

  test('fails with the step that fails, as do all others of it, and the next one is written', async () => {
    const failing = watched(12);
    const writer = new Writer(failing, tokenizer);
    const texts = [request, { ...request, seed: '', characters: 90 }].map((each) =>
      textOf(writer.write(each)),
    );
    const done = textOf(writer.write({ ...request, characters: 2 }));
    const outcomes = await Promise.allSettled(texts);
    expect(outcomes).toEqual([
      { status: 'rejected', reason: new Error('out of memory') },
      { status: 'rejected', reason: new Error('out of memory') },
    ]);
    expect(await done).toBe((await alone(request)).slice(0, 2));
    expect(await textOf(writer.write(request))).toBe(await alone(request));
  });

  test('cannot go on from characters that the network does not know', async () => {
    await expect(alone({ ...request, seed: 'the Sea' })).rejects.toThrow(
      'Character 6 of the text, "S" (U+0053), is not in the vocabulary',
    );
  });
});
