import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { TrainingWish } from '../../src/run/plan.ts';
import type { RunEvent } from '../../src/run/run-event.ts';
import type { RunTools } from '../../src/run/tools.ts';
import { listCheckpoints, readState, readWeights } from '../../src/store/checkpoints.ts';
import { addCorpus } from '../../src/store/corpora.ts';
import { readCurve } from '../../src/store/curve.ts';
import type { Store } from '../../src/store/database.ts';
import { readEvaluations } from '../../src/store/metrics.ts';
import { listSamples } from '../../src/store/samples.ts';
import { noon } from '../store/rows.ts';
import { digest } from '../train/training.ts';

/** What a small run is asked to be: a little more than a pass, with looks at steps 8, 16 and 24. */
export const wish: TrainingWish = {
  corpus: 'proverbs',
  network: { cell: 'gru', embedding: 4, hidden: 8, layers: 1 },
  budget: { steps: 24 },
  batch: 4,
  unroll: 16,
  learningRate: 0.02,
  dropout: 0.2,
  randomSeed: 5,
  heldOut: 'units',
  threads: 1,
  from: null,
};

/** Twenty-two short paragraphs, each a unit of its own. */
export const proverbs = Array.from(
  { length: 22 },
  (_, place) =>
    `${['A stone', 'The sea', 'Rest'][place % 3]} is ${'hidden in the '.repeat(3 + (place % 2))}sea.`,
);

/** Keeps two texts: `proverbs`, and `questions` with characters that those have not. */
export function addTexts(store: Store): void {
  addText(store, 'proverbs', proverbs);
  addText(
    store,
    'questions',
    proverbs.map((each) => each.replace('A', 'Çan a').replace('.', '?')),
  );
}

export function addText(store: Store, name: string, paragraphs: readonly string[]): void {
  const text = `${paragraphs.join('\n\n')}\n`;
  addCorpus(
    store,
    {
      ...{
        name,
        text,
        title: name,
        passageKind: 'paragraph',
        heldOutGroups: null,
        source: `${name}.txt`,
      },
      ...{ sha256: '', characters: text.length },
    },
    noon,
  );
}

/** A clock that goes on by half a second whenever it is looked at. */
export function tools(store: Store, changes: Partial<RunTools> = {}): RunTools {
  let now = noon;
  const tick = () => {
    now += 500;
    return now;
  };
  return {
    store,
    engine: onnxEngine,
    now: tick,
    monotonic: tick,
    signal: new AbortController().signal,
    checkpointEvery: Number.POSITIVE_INFINITY,
    ...changes,
  };
}

/** All events of a run, each looked at before the next one comes. */
export async function follow(
  events: AsyncIterable<RunEvent>,
  look: (event: RunEvent) => void = () => {},
): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) {
    all.push(event);
    look(event);
  }
  return all;
}

/** What the store holds of a run, but for its times: arrays by their digest. */
export function written(store: Store, run: number): object {
  return {
    steps: readCurve(store, run, { points: 1000 }).map(
      ({ step, passes, bitsPerCharacter, gradientNorm, learningRate }) => ({
        ...{ step, passes, learningRate },
        bitsPerCharacter: bitsPerCharacter.mean,
        gradientNorm: gradientNorm.mean,
      }),
    ),
    looks: readEvaluations(store, run).map(({ elapsed, ...rest }) => rest),
    samples: listSamples(store, run, 100).map(({ id, created, ...rest }) => rest),
    checkpoints: listCheckpoints(store, run).map(
      ({ id, step, kind, bitsPerCharacter, resumable }) => ({
        ...{ step, kind, bitsPerCharacter },
        weights: digest(readWeights(store, id)),
        state: resumable ? digest(readState(store, id).arrays) : null,
        progress: resumable ? readState(store, id).progress : null,
      }),
    ),
  };
}
