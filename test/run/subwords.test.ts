import { describe, expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { keepModel } from '../../src/run/keep-model.ts';
import { modelFile, parseNetworkFile } from '../../src/run/model-file.ts';
import { networkOfRun } from '../../src/run/models.ts';
import { planTraining, type TrainingWish } from '../../src/run/plan.ts';
import type { RunTools } from '../../src/run/tools.ts';
import { resumeRun, trainRun } from '../../src/run/training-run.ts';
import { scorerShape, scoreText } from '../../src/sample/score.ts';
import type { TrainedNetwork } from '../../src/sample/trained-network.ts';
import type { WriteRequest } from '../../src/sample/write-request.ts';
import { Writer } from '../../src/sample/writer.ts';
import { getRun } from '../../src/store/runs.ts';
import { Random } from '../../src/text/random.ts';
import { temporaryStore } from '../store/temporary.ts';
import { addText, addTexts, follow, tools, wish, written } from './runs.ts';

const subwords: TrainingWish = { ...wish, tokenizer: { kind: 'bpe', size: 30 } };

async function* begin(here: RunTools, changes: Partial<TrainingWish> = {}) {
  const asked = { ...subwords, ...changes };
  yield* trainRun(here, await planTraining(here.store, onnxEngine, asked, here.now()));
}

const request: WriteRequest = {
  ...{ seed: '', temperature: 1, topP: 1, topK: 0, characters: 50, randomSeed: 3 },
};

async function write({ config, weights, tokenizer }: TrainedNetwork, seed = ''): Promise<string> {
  const stepper = await onnxEngine.stepper({ config, weights, threads: 1 });
  let text = '';
  for await (const drawn of new Writer(stepper, tokenizer).write({ ...request, seed }))
    text += drawn;
  await stepper.close();
  return text;
}

async function score({ config, weights, tokenizer }: TrainedNetwork, text: string) {
  const scorer = await onnxEngine.scorer({ ...scorerShape(text.length), config, threads: 1 });
  const scored = await scoreText(scorer, weights, tokenizer, text);
  await scorer.close();
  return scored;
}

describe('a run that reads subwords', () => {
  test('is trained, resumed, written down and read back with its tokenizer', async () => {
    const store = temporaryStore();
    addTexts(store);
    const here = tools(store);
    const events = await follow(begin(here));
    expect(getRun(store, 1, here.now())).toMatchObject({
      ...{ tokenizer: 'bpe', state: 'finished', network: { vocabularySize: 30 } },
    });
    const step = events.find((event) => event.type === 'step');
    expect(step).toMatchObject({ tokens: 64 });
    expect(step?.characters).toBeGreaterThan(100);

    const network = networkOfRun(store, 1, here.now());
    expect(network.tokenizer.tokens.some((token) => token.length > 3)).toBe(true);
    const text = await write(network, 'The se');
    expect(text).toHaveLength(50);
    const scored = await score(network, 'The sea is hidden.');
    expect(scored.tokens.map((token) => token.text).join('')).toBe('The sea is hidden.');
    const bits = scored.tokens.reduce((sum, each) => sum + each.bits, 0);
    expect(scored.bitsPerCharacter).toBeCloseTo(bits / 18, 9);

    // Out into a file and in again.
    const file = parseNetworkFile(modelFile(store, network, 'F32'));
    const run = keepModel(store, file, { corpus: 'proverbs', origin: 'imported' }, here.now());
    const back = networkOfRun(store, run, here.now());
    expect(back.tokenizer.tokens).toEqual(network.tokenizer.tokens);
    expect(await write(back, 'The se')).toBe(text);
  });

  test.each([0, 0.3])(
    'stopped and resumed is the run that never stopped, with BPE-dropout %d',
    async (bpeDropout) => {
      const store = temporaryStore();
      addTexts(store);
      await follow(begin(tools(store), { bpeDropout }));
      for (const step of [5, 11, 23]) {
        const controller = new AbortController();
        const here = tools(store, { signal: controller.signal });
        const look = (event: { type: string; step?: number }) => {
          if (event.type === 'step' && event.step === step) controller.abort();
        };
        await follow(step === 5 ? begin(here, { bpeDropout }) : resumeRun(here, 2), look);
        expect(getRun(store, 2, 0)).toMatchObject({ state: 'stopped', steps: step });
      }
      await follow(resumeRun(tools(store), 2));
      expect(written(store, 2)).toEqual(written(store, 1));
      // A little more than a pass: the second one is encoded anew.
      expect(getRun(store, 1, 0).passes).toBeGreaterThan(1);
    },
  );

  test('hands its tokenizer on, with the characters that are new', async () => {
    const store = temporaryStore();
    addTexts(store);
    const here = tools(store);
    await follow(begin(here, { budget: { steps: 2 } }));
    await follow(begin(here, { corpus: 'questions', from: 1, budget: { steps: 2 } }));
    const [parent, child] = [1, 2].map((run) => networkOfRun(store, run, here.now()));
    const own = parent?.tokenizer.tokens ?? [];
    expect(child?.tokenizer.tokens.slice(0, own.length)).toEqual(own);
    expect(child?.tokenizer.kind).toBe('bpe');
    expect(child?.tokenizer.tokens.slice(own.length)).toEqual(
      ['?', 'a', 'n', 'Ç'].filter((character) => !own.includes(character)),
    );
  });

  test('is refused a dropout of merges where it has none, and a vocabulary of fewer tokens than characters', async () => {
    const store = temporaryStore();
    addTexts(store);
    const plan = (changes: Partial<TrainingWish>) =>
      planTraining(store, onnxEngine, { ...subwords, ...changes }, 0);
    await expect(plan({ tokenizer: { kind: 'char' }, bpeDropout: 0.1 })).rejects.toThrow(
      'BPE-dropout leaves out merges',
    );
    await expect(plan({ tokenizer: { kind: 'bpe', size: 5 } })).rejects.toThrow(
      'different characters, and the vocabulary is to have 5 tokens',
    );
  });
});

describe('where nothing is said, a network reads', () => {
  // Random words: of a repeated sentence there would be few different pairs.
  const random = Random.seeded(1, 'words');
  const word = () =>
    Array.from({ length: 5 }, () => String.fromCharCode(97 + random.below(26))).join('');
  /** 998 characters, and with the blank line after it 1,000. */
  const paragraph = () => `${Array.from({ length: 166 }, word).join(' ')}...`;
  const plan = (paragraphs: readonly string[], changes: Partial<TrainingWish> = {}) => {
    const store = temporaryStore();
    addText(store, 'own', paragraphs);
    const asked: TrainingWish = { ...wish, corpus: 'own', heldOut: 'none', ...changes };
    return planTraining(store, onnxEngine, asked, 0);
  };
  const vocabularyOf = async (...given: Parameters<typeof plan>) => {
    const { text, network } = await plan(...given);
    return [text.tokenizer.kind, network.vocabularySize];
  };
  const text = (characters: number) => Array.from({ length: characters / 1000 }, paragraph);
  const alphabet = 26 + 3; // space, full stop, newline

  test('a text of 60,000 characters or more in subwords, one of 400,000 in more of them', async () => {
    expect(await vocabularyOf(text(59_000))).toEqual(['char', alphabet]);
    expect(await vocabularyOf(text(61_000))).toEqual(['bpe', 256]);
    expect(await vocabularyOf(text(399_000))).toEqual(['bpe', 256]);
    expect(await vocabularyOf(text(401_000))).toEqual(['bpe', 512]);
  });

  test('one-hot vectors in characters, unless it is to be subwords', async () => {
    const network = { ...wish.network, embedding: 'one-hot' as const };
    expect(await vocabularyOf(text(61_000), { network })).toEqual(['char', alphabet]);
    const tokenizer = { kind: 'auto' as const };
    expect(await vocabularyOf(text(61_000), { network, tokenizer })).toEqual(['bpe', 256]);
  });

  test('a text of many different characters in those: they would fill the vocabulary', async () => {
    const more = (count: number) =>
      Array.from({ length: count }, (_, place) => String.fromCodePoint(0x4e00 + place)).join('');
    const of = (count: number) => vocabularyOf([...text(61_000), more(count - alphabet)]);
    expect(await of(128)).toEqual(['bpe', 256]);
    expect(await of(129)).toEqual(['bpe', 512]);
    expect(await of(256)).toEqual(['bpe', 512]);
    expect(await of(257)).toEqual(['char', 257]);
  });
});

const repeat = (paragraph: string, times = 60) => Array.from({ length: times }, () => paragraph);

/** Whole texts through learning, training, writing, scoring, export and import. */
test.each([
  ['emoji', repeat('👩‍👩‍👧 ❤️ 🙂🙃 fim 🏳️‍🌈!')],
  ['Chinese', repeat('中文字符，没有空格。《书》道可道，非常道。')],
  ['decomposed accents', repeat('e\u0301te\u0301 n\u0303andu\u0301 a\u0300')],
  ['one repeated line', repeat('the same line again')],
  ['tabs', repeat('if (x) {\n\t\treturn [1, 2];\n\t}')],
  ['no spaces', repeat('abracadabrasimsalabim'.repeat(4))],
  ['1,500 characters', repeat('To be or not to be, that is it.', 46)],
])('%s go the whole way', async (_, paragraphs) => {
  const store = temporaryStore();
  addText(store, 'odd', paragraphs);
  const here = tools(store);
  const asked = { corpus: 'odd', batch: 2, unroll: 8, budget: { steps: 6 } };
  await follow(begin(here, { ...asked, tokenizer: { kind: 'bpe', size: 60 } }));
  const network = networkOfRun(store, 1, here.now());
  expect(network.run).toMatchObject({ state: 'finished', tokenizer: 'bpe' });
  const [paragraph = ''] = paragraphs;
  for (const seed of ['', [...paragraph].slice(0, 3).join(''), paragraph.slice(0, 9)]) {
    expect([...(await write(network, seed))]).toHaveLength(50);
  }
  const scored = await score(network, paragraph);
  expect(scored.characters).toBe([...paragraph].length);
  expect(scored.bitsPerCharacter).toBeGreaterThan(0);
  const back = parseNetworkFile(modelFile(store, network, 'F32'));
  expect(back.tokenizer.encode(paragraph)).toEqual(network.tokenizer.encode(paragraph));
  expect(back.tokenizer.decode(back.tokenizer.encode(paragraph))).toBe(paragraph);
});
