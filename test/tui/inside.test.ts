import { describe, expect, test } from 'vitest';
import type { StoredNetwork } from '../../src/run/models.ts';
import { type Checkpoint, listCheckpoints } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';
import { getRun } from '../../src/store/runs.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import { textOf } from '../../tui/drawing/line.ts';
import { cellView } from '../../tui/screens/inside/cell-view.ts';
import { surpriseRows, whoseRows } from '../../tui/screens/inside/formats-view.ts';
import type { Inside } from '../../tui/screens/inside/inside-view.ts';
import { loopView } from '../../tui/screens/inside/loop-view.ts';
import { afterStep, beginReading } from '../../tui/screens/inside/reading.ts';
import {
  mapSentences,
  stepSentences,
  surpriseSentences,
} from '../../tui/screens/inside/sentences.ts';
import { InsideSession, type SessionState } from '../../tui/screens/inside/session.ts';
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
  return { model, reading, layer: 0, temperature: 0.5, width: 76, height: 20, ...change };
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
