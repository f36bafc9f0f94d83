import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { onnxEngine } from '../src/engine/onnx/engine.ts';
import { BadInput, Rnn } from '../src/index.ts';
import { toSafetensors } from '../src/network/network-file.ts';
import { chancesOf } from '../src/sample/draw.ts';
import { Writer } from '../src/sample/writer.ts';
import { writeCheckpoint } from '../src/store/checkpoints.ts';
import { addCorpus } from '../src/store/corpora.ts';
import { createRun, endRun } from '../src/store/run-lifecycle.ts';
import { learnBpe } from '../src/text/tokenizer/learn-bpe.ts';
import { saveTokenizer } from '../src/text/tokenizer/saved-tokenizer.ts';
import { newRun, noon } from './store/rows.ts';
import { temporaryDirectory, temporaryStore } from './store/temporary.ts';
import { lively, network, text, tokenizer } from './train/training.ts';

const config = { ...network, layers: 2 };
const weights = lively(config);
const saved = { config, weights, vocabulary: tokenizer.tokens, tokenizer: null, metadata: {} };

let file: string;
beforeEach(() => {
  file = join(temporaryDirectory(), 'network.safetensors');
  writeFileSync(file, toSafetensors(saved));
});

async function load(...source: Parameters<typeof Rnn.load>): Promise<Rnn> {
  const rnn = await Rnn.load(...source);
  onTestFinished(() => rnn.close());
  return rnn;
}

async function all(characters: AsyncIterable<string>): Promise<string[]> {
  const gathered: string[] = [];
  for await (const character of characters) gathered.push(character);
  return gathered;
}

describe('an RNN', () => {
  test('is loaded by the corpus it serves, by its run or from a file', async () => {
    const store = temporaryStore();
    const run = { ...newRun, corpus: 'sea', network: config, vocabulary: tokenizer.tokens };
    const lease = createRun(store, run, noon);
    writeCheckpoint(store, lease, { step: 1, kind: 'best', weights }, noon);
    endRun(store, lease, { state: 'finished' }, noon);
    const database = store.path;
    for (const source of ['sea', lease.run, file]) {
      const rnn = await load(source, { database });
      expect(rnn.config).toEqual(config);
      expect(rnn.characters).toEqual(tokenizer.characters);
      expect((await rnn.step('s')).logits).toEqual((await (await load(file)).step('s')).logits);
    }
    await expect(Rnn.load('land', { database })).rejects.toThrow('No network has learned "land"');
    await expect(Rnn.load(2, { database })).rejects.toThrow('There is no run 2.');
    await expect(Rnn.load('none.safetensors')).rejects.toThrow(
      'The file none.safetensors could not be read',
    );
  });

  test('steps as its network does, and remembers', async () => {
    const rnn = await load(file);
    const stepper = await onnxEngine.stepper({ config, weights, threads: 1, gates: true });
    let expected = await stepper.step(tokenizer.encode('t'), undefined);
    expect(rnn.gates).toEqual({});
    for (const character of 'the sea') {
      if (character !== 't') {
        expected = await stepper.step(tokenizer.encode(character), expected.states);
      }
      const y = await rnn.step(character);
      expect(y.logits).toEqual(expected.logits);
      expect(rnn.hidden).toEqual(expected.states);
      expect(rnn.gates).toEqual(expected.gates);
    }
    await stepper.close();
  });

  test('takes a character as itself, as its id, and as weights of all', async () => {
    const rnn = await load(file);
    const fresh = rnn.hidden;
    const logitsAfter = async (x: Parameters<Rnn['step']>[0]) => {
      rnn.hidden = fresh;
      return (await rnn.step(x)).logits;
    };
    const id = rnn.characters.indexOf('s');
    const own = await logitsAfter('s');
    expect(await logitsAfter(id)).toEqual(own);
    const unit = rnn.characters.map((_, each) => (each === id ? 1 : 0));
    (await logitsAfter(unit)).forEach((logit, each) => {
      expect(logit).toBeCloseTo(own[each] ?? Number.NaN, 5);
    });
    const even = rnn.characters.map(() => 1 / rnn.characters.length);
    expect(await logitsAfter(even)).not.toEqual(own);
    expect(await logitsAfter(Float64Array.from(even))).toEqual(await logitsAfter(even));
  });

  test('goes on from the hidden state that it is given', async () => {
    const rnn = await load(file);
    await rnn.step('t');
    const middle = rnn.hidden;
    const first = await rnn.step('h');
    const other = await rnn.step('h');
    expect(other.logits).not.toEqual(first.logits);
    rnn.hidden = middle;
    expect((await rnn.step('h')).logits).toEqual(first.logits);
  });

  test('says how likely each character is, and draws one', async () => {
    const y = await (await load(file)).step('s');
    expect(y.chances()).toEqual(chancesOf(y.logits, 1));
    expect(y.chances(0.5)).toEqual(chancesOf(y.logits, 0.5));
    const likeliest = tokenizer.characters[y.logits.indexOf(Math.max(...y.logits))];
    expect(y.draw({ temperature: 0 })).toBe(likeliest);
    expect(y.draw({ topK: 1 })).toBe(likeliest);
    expect(y.draw({}, () => 0)).toBe(tokenizer.characters[0]);
    expect(y.draw({}, () => 1 - 2 ** -32)).toBe(tokenizer.characters.at(-1));
  });

  test('generates what a writer writes, character by character, and scores texts', async () => {
    const rnn = await load(file);
    const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
    const request = { temperature: 0.7, topP: 0.9, topK: 8, characters: 60, randomSeed: 4 };
    const written = new Writer(stepper, tokenizer).write({
      ...request,
      seed: 'the sea',
      endsWord: true,
    });
    const expected = (await all(written)).join('');
    await stepper.close();

    await rnn.step('t');
    const { hidden } = rnn;
    const generated = await all(rnn.generate({ ...request, seed: 'thé 漢sea' }));
    expect(generated).toEqual([...expected]);
    expect(await all(rnn.generate({ characters: 5 }))).toHaveLength(5);
    let first = '';
    for await (const character of rnn.generate({ seed: 'the' })) {
      first = character;
      break;
    }
    expect(tokenizer.has(first)).toBe(true);

    const { tokens, leftOut } = await rnn.score('the 漢sea');
    expect(tokens.map((token) => token.text).join('')).toBe('the sea');
    expect(leftOut).toEqual(['漢']);
    expect(rnn.hidden).toBe(hidden);
  });

  test('lets a whole word of its text end, unless it is asked to go on, and stops where its passages do', async () => {
    const store = temporaryStore();
    const text = 'the sea is the sea\nthe rest is hid\n';
    const kept = { name: 'sea', title: 'Sea', passageKind: 'line', heldOutGroups: [0] } as const;
    addCorpus(store, { ...kept, text, source: '', sha256: '', characters: 35 }, noon);
    const run = { ...newRun, corpus: 'sea', network: config, vocabulary: tokenizer.tokens };
    const lease = createRun(store, run, noon);
    writeCheckpoint(store, lease, { step: 1, kind: 'best', weights }, noon);
    endRun(store, lease, { state: 'finished' }, noon);
    const rnn = await load('sea', { database: store.path });
    const afterSeed = async (seed: string) => {
      const written = Array.from({ length: 40 }, (_, randomSeed) =>
        all(rnn.generate({ seed, characters: 1, temperature: 3, randomSeed })),
      );
      return (await Promise.all(written)).map((tokens) => tokens.join(''));
    };
    const isLetter = (text: string) => /^\p{L}/u.test(text);
    expect((await afterSeed('the')).filter(isLetter)).toEqual([]);
    expect((await afterSeed('the-')).some(isLetter)).toBe(true);
    expect((await afterSeed('re')).some(isLetter)).toBe(true);
    const line = { seed: 'the', passages: 1, temperature: 3, randomSeed: 2 };
    const endless = (await all(rnn.generate({ ...line, passages: 99 }))).join('');
    expect(endless).toContain('\n');
    expect((await all(rnn.generate(line))).join('')).toBe(
      endless.slice(0, endless.indexOf('\n')).trimEnd(),
    );
  });

  test('reads and generates subwords token by token', async () => {
    const subwords = learnBpe(text, tokenizer, 40);
    const own = { ...config, vocabularySize: subwords.size };
    const network = { config: own, weights: lively(own), ...saveTokenizer(subwords), metadata: {} };
    writeFileSync(file, toSafetensors(network));
    const rnn = await load(file);
    const long = rnn.tokens.indexOf(' the');
    const fresh = rnn.hidden;
    const byText = await rnn.step(' the');
    rnn.hidden = fresh;
    expect((await rnn.step(long)).logits).toEqual(byText.logits);

    const tokens = await all(rnn.generate({ characters: 200, temperature: 2, randomSeed: 1 }));
    expect(tokens.join('')).toHaveLength(200);
    expect(tokens.slice(0, -1).filter((token) => !rnn.tokens.includes(token))).toEqual([]);
    expect(tokens.some((token) => token.length > 2)).toBe(true);
  });

  test('refuses what it cannot read, and is as it was', async () => {
    const rnn = await load(file);
    const fresh = rnn.hidden;
    const V = rnn.characters.length;
    for (const unknown of ['é', 'th', '', -1, V, 1.5, Number.NaN]) {
      await expect(rnn.step(unknown)).rejects.toThrow('does not know the token');
    }
    await expect(rnn.step([1])).rejects.toThrow('These are 1 weights that sum to 1.');
    await expect(rnn.step(new Float32Array(V))).rejects.toThrow('that sum to 0.');
    expect(() => {
      rnn.hidden = { ...fresh, 'layer1.cell': new Float32Array(3) };
    }).toThrow('The hidden state has no "layer1.cell" of 8 numbers.');
    expect(rnn.hidden).toBe(fresh);
    await expect(all(rnn.generate({ temperature: -1 }))).rejects.toThrow(
      '`generate` cannot take this temperature',
    );
    await expect(all(rnn.generate({ passages: 0.5 }))).rejects.toBeInstanceOf(BadInput);
  });
});

test('on a Node that better-sqlite3 would crash on, the library says which it needs', () => {
  const old = `Object.defineProperty(process, 'versions', {
    value: { ...process.versions, napi: '9', node: '22.13.1' },
  })`;
  const library = new URL('../src/index.ts', import.meta.url).href;
  const use = `import('${library}').catch(({ message, remedy }) => console.log(message, remedy))`;
  const words = ['--no-warnings', '--import', `data:text/javascript,${old}`, '-e', use];
  expect(spawnSync(process.execPath, words, { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout:
      'Escriba needs Node 22.14 or newer (of Node 23, 23.6), and this is Node 22.13.1. Run it with the newer Node that npm installs beside it, `npx node story.js`, or install one from https://nodejs.org.\n',
    stderr: '',
  });
});
