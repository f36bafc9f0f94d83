import type { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { initialParameters } from '../../src/network/parameters.ts';
import { ServedNetwork } from '../../src/sample/service/served-network.ts';
import {
  type BorrowedNetwork,
  type ServiceOptions,
  WritingService,
} from '../../src/sample/service/service.ts';
import type { TrainedNetwork } from '../../src/sample/trained-network.ts';
import type { WriteRequest } from '../../src/sample/write-request.ts';
import { Writer } from '../../src/sample/writer.ts';
import { Random } from '../../src/text/random.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { saveTokenizer } from '../../src/text/tokenizer/saved-tokenizer.ts';

const tokenizer = CharacterTokenizer.of('\n abcdefghijklmnopqrstuvwxyz.');
const config: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: tokenizer.size,
  embedding: 8,
  hidden: 16,
  layers: 1,
};

function network(id: number): TrainedNetwork {
  const random = Random.seeded(id, 'weights');
  const weights = initialParameters(config, () => random.next());
  return { id, config, tokenizer, weights };
}

function borrow(writing: WritingService, id: number): Promise<BorrowedNetwork> {
  return writing.borrow(id, () => network(id));
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
    const borrowed = await borrow(service(), 1);
    const seeds = Array.from({ length: 150 }, (_, place) => `text ${'abc'.repeat(place % 7)}`);
    const texts = await Promise.all(
      seeds.map((seed, place) => all(borrowed.write(request(seed, place)))),
    );
    const { weights } = network(1);
    for (const place of [0, 63, 64, 149]) {
      expect(texts[place]).toBe(await writtenHere(weights, request(seeds[place] ?? '', place)));
    }
  });

  test('writes 64 texts at once, and the others as soon as those end', async () => {
    const rows: number[] = [];
    const engine: typeof onnxEngine = {
      ...onnxEngine,
      async stepper(setup) {
        const stepper = await onnxEngine.stepper(setup);
        return {
          ...stepper,
          close: () => stepper.close(),
          step(ids, states) {
            rows.push(ids.length);
            return stepper.step(ids, states);
          },
        };
      },
    };
    const carried = { ...network(1), tokenizer: saveTokenizer(tokenizer) };
    const served = await ServedNetwork.open(engine, carried, 1);
    const asked = Array.from({ length: 100 }, (_, place) => request('ab', place, place + 1));
    const texts = await Promise.all(asked.map((each) => all(served.write(each))));
    await served.retire();
    expect(texts.map((text) => text.length)).toEqual(asked.map((each) => each.characters));
    expect(Math.max(...rows)).toBe(64);
  });

  test('has a network serve before anybody who borrows it may write, and reads it once', async () => {
    const writing = service();
    let reads = 0;
    const read = Promise.withResolvers<TrainedNetwork>();
    const asking = [1, 2, 3].map(() =>
      writing.borrow(1, () => {
        reads++;
        return read.promise;
      }),
    );
    const texts = asking.map(async (borrowing) => all((await borrowing).write(request('first'))));
    read.resolve(network(1));
    const expected = await writtenHere(network(1).weights, request('first'));
    expect(await Promise.all(texts)).toEqual([expected, expected, expected]);
    expect(reads).toBe(1);
  });

  test('keeps what is borrowed, however much that is, and of the others the last six', async () => {
    const writing = service();
    const first = await borrow(writing, 1);
    const others = [];
    for (let id = 2; id <= 9; id++) others.push(await borrow(writing, id));
    expect(writing.held).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const each of others) each.release();
    expect(writing.held).toEqual([1, 4, 5, 6, 7, 8, 9]);
    expect(await all(first.write(request('still here')))).toHaveLength(80);
    first.release();
    first.release();
    expect(writing.held).toEqual([5, 6, 7, 8, 9, 1]);
    expect(() => first.score('gone')).toThrow('was given back');
    const again = await borrow(writing, 4);
    expect(await all(again.write(request('again')))).toBe(
      await writtenHere(network(4).weights, request('again')),
    );
  });

  test('goes on with the old network where it was begun, beside a new one', async () => {
    const writing = service({ idle: 0 });
    const old = await borrow(writing, 1);
    const long = request('begun', 1, 600);
    const begun = old.write(long);
    const first = await begun.next();
    const fresh = await borrow(writing, 2);
    old.release();
    expect(writing.held).toEqual([2]);
    expect(await all(fresh.write(request('next')))).toBe(
      await writtenHere(network(2).weights, request('next')),
    );
    expect((first.value ?? '') + (await all(begun))).toBe(
      await writtenHere(network(1).weights, long),
    );
  });

  test('keeps the networks that it has when one cannot be read or loaded, and tries that again', async () => {
    const writing = service();
    const borrowed = await borrow(writing, 1);
    const unreadable = writing.borrow(2, () => Promise.reject(new Error('cannot be read')));
    await expect(unreadable).rejects.toThrow('cannot be read');
    const damaged = writing.borrow(2, () => ({ ...network(2), weights: {} }));
    await expect(damaged).rejects.toThrow(/the weights lack/);
    expect(writing.held).toEqual([1]);
    expect(await all(borrowed.write(request('still here')))).toHaveLength(80);
    expect(await all((await borrow(writing, 2)).write(request('well again')))).toHaveLength(80);
  });

  test('fails plainly what was under way in a thread that died, and starts another', async () => {
    const started = threads();
    const writing = service();
    const borrowed = await borrow(writing, 1);
    await writing.addSource('book', 'in the beginning');
    const begun = Array.from({ length: 20 }, (_, place) =>
      all(borrowed.write(request('lost', place, 100_000))),
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
    expect(await all(borrowed.write(request('again')))).toBe(
      await writtenHere(network(1).weights, request('again')),
    );
    expect(await writing.longestQuote('book', 'at the beginning')).toMatchObject({ length: 13 });
  });

  test('stops writing what nobody reads any more', async () => {
    const borrowed = await borrow(service(), 1);
    for await (const text of borrowed.write(request('endless', 1, 1e9))) {
      expect(text).not.toBe('');
      break;
    }
    expect(await all(borrowed.write(request('after')))).toHaveLength(80);
  });

  test('scores one text after the other, with no character that the network does not know', async () => {
    const borrowed = await borrow(service(), 1);
    const [score, same, other] = await Promise.all([
      borrowed.score('the earth'),
      borrowed.score('the earth'),
      borrowed.score('the earth €'),
    ]);
    expect(score.tokens.map((token) => token.text).join('')).toBe('the earth');
    expect(score.bitsPerCharacter).toBeCloseTo(Math.log2(tokenizer.size), 0);
    expect(same).toEqual(score);
    expect(other.leftOut).toEqual(['€']);
  });

  test('ends what is under way when it is closed', async () => {
    const writing = service();
    const borrowed = await borrow(writing, 1);
    const begun = all(borrowed.write(request('endless', 1, 1e9)));
    const outcome = expect(begun).rejects.toThrow(/ended/);
    await writing.close();
    await outcome;
    expect(() => borrowed.write(request('late'))).toThrow(/the program is exiting/);
    await expect(borrow(writing, 2)).rejects.toThrow(/the program is exiting/);
  });

  test('is closed in the middle of a step, and the process lives', async () => {
    for (let milliseconds = 50; milliseconds < 100; milliseconds += 5) {
      const writing = service();
      const borrowed = await borrow(writing, 1);
      const outcome = expect(all(borrowed.write(request('a', 1, 1e9)))).rejects.toThrow(/ended/);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await writing.close();
      await outcome;
    }
  });
});
