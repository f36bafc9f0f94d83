import { describe, expect, test } from 'vitest';
import type { StoredNetwork } from '../../src/run/models.ts';
import { type Checkpoint, listCheckpoints } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';
import { getRun } from '../../src/store/runs.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { learnBpe } from '../../src/text/tokenizer/learn-bpe.ts';
import { textOf } from '../../tui/drawing/line.ts';
import { cellView } from '../../tui/screens/inside/cell-view.ts';
import { surpriseRows, whoseRows } from '../../tui/screens/inside/formats-view.ts';
import { type Inside, textRow } from '../../tui/screens/inside/inside-view.ts';
import { loopView } from '../../tui/screens/inside/loop-view.ts';
import { mappedIds, mapView } from '../../tui/screens/inside/map-view.ts';
import { afterStep, beginReading } from '../../tui/screens/inside/reading.ts';
import {
  mapSentences,
  stepSentences,
  surpriseSentences,
} from '../../tui/screens/inside/sentences.ts';
import { InsideSession, type SessionState } from '../../tui/screens/inside/session.ts';
import { unitSentence } from '../../tui/screens/inside/unit-view.ts';
import { addNetwork } from '../bot/support/networks.ts';
import { temporaryStore } from '../store/temporary.ts';

const vectorOf = (...values: number[]) => Float32Array.from(values);

function checkpointOf(store: Store, run: number): Checkpoint {
  const [checkpoint] = listCheckpoints(store, run);
  if (!checkpoint) throw new Error('there is no checkpoint');
  return checkpoint;
}

/** One step of a small GRU: a newline goes in, `a` comes. */
function inside(change: Partial<Inside> = {}): Inside {
  const store = temporaryStore();
  const run = getRun(store, addNetwork(store.path, 'own', 'ab'), Date.now());
  const checkpoint = checkpointOf(store, run.id);
  const tokenizer = CharacterTokenizer.parse(run.vocabulary);
  const rows = { '\n': [1, 0], a: [0, 1], b: [0.1, 1] };
  const model: StoredNetwork = {
    id: checkpoint.id,
    run,
    checkpoint,
    config: { cell: 'gru', vocabularySize: 3, embedding: 2, hidden: 2, layers: 1 },
    tokenizer,
    weights: {
      embedding: {
        shape: [3, 2],
        data: vectorOf(...tokenizer.characters.flatMap((each) => rows[each as keyof typeof rows])),
      },
    },
  };
  const frame = {
    input: tokenizer.newlineId,
    gates: {
      'layer0.z': vectorOf(0.2, 0.4),
      'layer0.r': vectorOf(1, 1),
      'layer0.h': vectorOf(0, 0),
    },
    states: { 'layer0.hidden': vectorOf(0.5, -0.5) },
    logits: vectorOf(...tokenizer.characters.map((each) => (each === 'a' ? 1 : 0))),
  };
  const text = tokenizer.encode('a');
  const reading = afterStep(beginReading(text), frame, 0.5, () => 0);
  return {
    model,
    reading,
    layer: 0,
    temperature: 0.5,
    unit: undefined,
    width: 76,
    height: 20,
    ...change,
  };
}

/** A network that reads subwords: it took a newline and then ` of`, and what comes is the token ` the`. */
function subwordInside(): Inside {
  const books = ['Genesis', 'Exodus', 'Numbers', 'Kings', 'Psalms', 'Proverbs', 'Isaiah'];
  const verbs = ['begat', 'smote', 'blessed', 'gathered', 'commanded', 'departed'];
  const nouns = ['earth', 'heaven', 'waters', 'firmament', 'mountain'];
  const words = Array.from(
    { length: 200 },
    (_, place) =>
      `the book of ${books[place % 7]} ${verbs[place % 6]} of the ${nouns[place % 5]}\n`,
  ).join('');
  const tokenizer = learnBpe(words, CharacterTokenizer.of(words), 128);
  const { model, reading } = inside();
  const V = tokenizer.size;
  const [of, the] = [tokenizer.idOf(' of'), tokenizer.idOf(' the')];
  const vectors = Float32Array.from({ length: 2 * V }, (_, place) => Math.sin(place * place));
  const bias = Float32Array.from({ length: V }, (_, id) => (id === the ? 9 : id));
  const [step] = reading.steps;
  if (!step) throw new Error('there is no step');
  const took = (input: number): typeof step => ({
    ...step,
    frame: { ...step.frame, input },
    chances: new Float64Array(V).fill(1 / V),
    next: the,
  });
  return inside({
    model: {
      ...model,
      tokenizer,
      config: { ...model.config, vocabularySize: V },
      weights: {
        embedding: { shape: [V, 2], data: vectors },
        'dense.b': { shape: [V, 1], data: bias },
      },
    },
    reading: { ids: Int32Array.of(of, the), steps: [took(tokenizer.newlineId), took(of)], done: 2 },
  });
}

const shown = (rows: ReturnType<typeof cellView>) => rows.map(textOf).join('\n');

describe('a step', () => {
  test('has the temperature that its chances were drawn at, beside one that was chosen since', () => {
    expect(shown(cellView(inside()))).toMatch(/temperature 0\.5(?!,)/);
    const changed = shown(cellView(inside({ temperature: 1.2 })));
    expect(changed).toContain('temperature 0.5, then 1.2');
    // e² / (e² + 2): the logits at half the temperature.
    expect(changed).toMatch(/ a .* 79 % ◂ read/);
  });

  test('in the loop has its h where the arrow leaves, however tall the cells are', () => {
    for (const height of [13, 14, 15, 16]) {
      const row = loopView(inside({ height }))
        .map(textOf)
        .find((each) => each.startsWith('h'));
      expect(row).toContain('→');
    }
  });

  test('is told in sentences where it is read aloud', () => {
    expect(shown(stepSentences(inside()))).toBe(
      [
        'Step 1: a line end goes in.',
        'How far its gates are open: update 30 %, reset 100 %.',
        'It expects “a” with 78 %, a line end with 10 % and “b” with 10 %.',
        'The text goes on with “a”, which had 78 %.',
      ].join('\n'),
    );
    const { model } = inside();
    expect(shown(mapSentences({ model, chosen: model.tokenizer.idOf('a') ?? 0 }))).toMatch(
      /^Nearest to “a”, by the cosine of their vectors, are “b” \(0\.\d\d\) and a line end/,
    );
  });
});

describe('a network that reads subwords', () => {
  test('shows the spaces that belong to them, each over and under the middle of its cell', () => {
    const data = subwordInside();
    expect(textOf(textRow(data, 40)).trim()).toBe('↵␣of␣the');
    const rows = loopView(data).map(textOf);
    const [y = '', top = ''] = [rows[1], rows[3]];
    expect(y).toContain('␣the');
    expect(y.indexOf('␣the') - top.indexOf('┌')).toBe(2);
    expect(shown(cellView(data))).toMatch(/ ␣the .*◂ read/);
  });

  test('has a map of those that it expects most, and of the one that was looked for', () => {
    const { model } = subwordInside();
    const ids = mappedIds(model);
    const V = model.tokenizer.size;
    expect(V).toBe(128);
    expect(ids).toHaveLength(100);
    expect(ids).toContain(V - 1);
    expect(ids).not.toContain(0);
    const map = mapView({ model, chosen: 0, width: 120, height: 30 }).map(textOf).join('\n');
    expect(map).toContain('101 most used of');
  });
});

test('one unit is followed through the steps, over the tokens that were read', () => {
  const rows = shown(cellView(inside({ unit: 1 })));
  expect(rows).toContain('unit 2 of 2, step by step');
  // A state of -0.5 stands a little below the middle, over the line end that was read.
  expect(rows).toMatch(/h ▃\s/);
  expect(shown(unitSentence(inside(), 0))).toBe('Unit 1 in the last 1 steps: 0.50.');
  expect(shown(cellView(inside()))).not.toContain('step by step');
});

test('of a text with nothing that a network can read, there is no figure', () => {
  const score = {
    bitsPerCharacter: Number.NaN,
    characters: 0,
    tokens: [],
    leftOut: ['漢'],
    leftOutCount: 1,
    rewritten: [],
  };
  const said = 'No text to read: press i to type one.';
  expect(shown(surpriseRows(score, 60, 10))).toBe(said);
  expect(shown(surpriseSentences(score))).toBe(said);
  expect(shown(whoseRows([{ corpus: 'own', run: 1, score }], 60))).toBe(said);
});

describe('a network that is looked into', () => {
  function opened(): { session: InsideSession; checkpoint: Checkpoint; gone: Checkpoint } {
    const store = temporaryStore();
    const run = addNetwork(store.path, 'own', 'ab');
    const checkpoint = checkpointOf(store, run);
    const session = new InsideSession(store, Date.now);
    return { session, checkpoint, gone: { ...checkpoint, id: 99 } };
  }

  async function until(session: InsideSession, holds: (state: SessionState) => boolean) {
    while (!holds(session.state())) {
      const changed = Promise.withResolvers<void>();
      const unsubscribe = session.subscribe(changed.resolve);
      await changed.promise;
      unsubscribe();
    }
  }

  test('and could not be read is tried again; one that learns on stays until one begins again', async () => {
    const { session, checkpoint, gone } = opened();
    try {
      session.open(gone, 'ab');
      await until(session, ({ failure }) => failure !== undefined);
      session.open(checkpoint, 'ab');
      await until(session, ({ model }) => model !== undefined);
      await session.step();
      const before = session.state();
      // The text at once, and the step that was asked for.
      expect(before).toMatchObject({ failure: undefined, reading: { done: 3 } });
      session.open({ ...checkpoint, id: checkpoint.id + 1 }, 'ab');
      expect(session.state()).toBe(before);
      session.again(checkpoint, 'ab');
      expect(session.state()).toMatchObject({ reading: { done: 0 } });
      session.again(gone, 'ab');
      await until(session, ({ failure }) => failure !== undefined);
    } finally {
      await session.close();
    }
  });
});
