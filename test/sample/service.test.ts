import type { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { initialParameters } from '../../src/network/parameters.ts';
import type { ServiceModel } from '../../src/sample/service/served-network.ts';
import { type ServiceOptions, WritingService } from '../../src/sample/service/service.ts';
import { type WriteRequest, Writer } from '../../src/sample/writer.ts';
import { Random } from '../../src/text/random.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';

const tokenizer = CharacterTokenizer.of('\n abcdefghijklmnopqrstuvwxyz.');
const config: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: tokenizer.size,
  embedding: 8,
  hidden: 16,
  layers: 1,
};

function model(id: number): ServiceModel {
  const random = Random.seeded(id, 'weights');
  const weights = initialParameters(config, () => random.next());
  return { id, config, characters: tokenizer.characters, weights };
}

function request(seed: string, randomSeed = 1, characters = 80): WriteRequest {
  return { seed, characters, randomSeed, temperature: 1, topP: 1, topK: 0 };
}

function service(options: ServiceOptions = {}): WritingService {
  const made = new WritingService({ threads: 1, ...options });
  onTestFinished(() => made.close());
  return made;
}

async function all(texts: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const text of texts) whole += text;
  return whole;
}

/** What a network writes by itself, in this thread. */
async function writtenHere(weights: NamedArrays, asked: WriteRequest): Promise<string> {
  const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
  try {
    return await all(new Writer(stepper, tokenizer).write(asked));
  } finally {
    await stepper.close();
  }
}

/** The threads that are started from now on. */
function threads(): Worker[] {
  const started: Worker[] = [];
  const note = (worker: Worker) => started.push(worker);
  process.on('worker', note);
  onTestFinished(() => {
    process.off('worker', note);
  });
  return started;
}

describe('the writing service', () => {
  test('writes what the network writes, for many who ask at once', async () => {
    const writing = service();
    const one = model(1);
    await writing.load(one);
    const seeds = Array.from({ length: 150 }, (_, place) => `text ${'abc'.repeat(place % 7)}`);
    const texts = await Promise.all(
      seeds.map((seed, place) => all(writing.write(1, request(seed, place)))),
    );
    for (const place of [0, 63, 64, 149]) {
      expect(texts[place]).toBe(await writtenHere(one.weights, request(seeds[place] ?? '', place)));
    }
  });

  test('goes on with the old network where it was begun, and with the new one from the next request on', async () => {
    const writing = service({ keep: 1 });
    const [old, fresh] = [model(1), model(2)];
    await writing.load(old);
    const long = request('begun', 1, 600);
    const begun = writing.write(1, long);
    const first = await begun.next();
    await writing.load(fresh);
    expect(await all(writing.write(2, request('next')))).toBe(
      await writtenHere(fresh.weights, request('next')),
    );
    expect((first.value ?? '') + (await all(begun))).toBe(await writtenHere(old.weights, long));
    expect([writing.isLoaded(1), writing.isLoaded(2)]).toEqual([false, true]);
    await expect(all(writing.write(1, request('gone')))).rejects.toThrow(/no longer in memory/);
  });

  test('keeps the networks that it has when one cannot be loaded', async () => {
    const writing = service();
    await writing.load(model(1));
    await expect(writing.load({ ...model(2), weights: {} })).rejects.toThrow(/the weights lack/);
    expect(writing.isLoaded(2)).toBe(false);
    expect(await all(writing.write(1, request('still here')))).toHaveLength(80);
  });

  test('fails plainly what was under way in a thread that died, and starts another', async () => {
    const started = threads();
    const writing = service();
    const one = model(1);
    await writing.load(one);
    await writing.addSource('book', 'in the beginning');
    const begun = Array.from({ length: 20 }, (_, place) =>
      all(writing.write(1, request('lost', place, 100_000))),
    );
    const outcomes = Promise.allSettled(begun);
    // What it cannot read, it dies of.
    started[0]?.postMessage(null);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { message: 'The thread that writes ended unexpectedly.', remedy: 'Try again.' },
      });
    }
    expect(await all(writing.write(1, request('again')))).toBe(
      await writtenHere(one.weights, request('again')),
    );
    expect(await writing.longestQuote('book', 'at the beginning')).toMatchObject({ length: 13 });
  });

  test('stops writing what nobody reads any more', async () => {
    const writing = service();
    await writing.load(model(1));
    for await (const text of writing.write(1, request('endless', 1, 1e9))) {
      expect(text).not.toBe('');
      break;
    }
    expect(await all(writing.write(1, request('after')))).toHaveLength(80);
  });

  test('scores one text after the other, with no character that the network does not know', async () => {
    const writing = service();
    await writing.load(model(1));
    const [score, same, other] = await Promise.all([
      writing.score(1, 'the earth'),
      writing.score(1, 'the earth'),
      writing.score(1, 'the earth €'),
    ]);
    expect(score.characters.map(({ character }) => character).join('')).toBe('the earth');
    expect(score.bitsPerCharacter).toBeCloseTo(Math.log2(tokenizer.size), 0);
    expect(same).toEqual(score);
    expect(other.leftOut).toEqual(['€']);
  });

  test('ends what is under way when it is closed', async () => {
    const writing = service();
    await writing.load(model(1));
    const begun = all(writing.write(1, request('endless', 1, 1e9)));
    const outcome = expect(begun).rejects.toThrow(/ended/);
    await writing.close();
    await outcome;
    await expect(all(writing.write(1, request('late')))).rejects.toThrow(/leaving/);
  });

  test('is closed in the middle of a step, and the process lives', async () => {
    for (let milliseconds = 50; milliseconds < 100; milliseconds += 5) {
      const writing = service();
      await writing.load(model(1));
      const outcome = expect(all(writing.write(1, request('a', 1, 1e9)))).rejects.toThrow(/ended/);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await writing.close();
      await outcome;
    }
  });
});
