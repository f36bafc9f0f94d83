import { createHash } from 'node:crypto';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import type { NamedArrays, NetworkConfig } from '../../src/network/config.ts';
import { initialParameters, parameterShapes } from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';
import { CharacterTokenizer } from '../../src/text/tokenizer/character-tokenizer.ts';
import type { TrainingEvent, TrainingState } from '../../src/train/events.ts';
import type { TrainingSettings } from '../../src/train/settings.ts';
import { type Training, type TrainingCommand, train } from '../../src/train/train.ts';

/** Some 500 characters of a language of few words. */
export const text = nonsense(120);
export const tokenizer = CharacterTokenizer.of(text);

export const network: NetworkConfig = {
  cell: 'lstm',
  vocabularySize: tokenizer.size,
  embedding: 4,
  hidden: 8,
  layers: 1,
};

/** Seven windows of four lanes a pass, evaluations at steps 4, 8 and 10. */
export const settings: TrainingSettings = {
  batch: 4,
  unroll: 16,
  steps: 10,
  learningRate: 0.05,
  warmUp: 2,
  finalRatio: 0.1,
  weightDecay: 0.01,
  clip: 1,
  dropout: 0.25,
  recurrentDropout: 0.1,
  bpeDropout: 0,
  emaDecay: 0.9,
  patience: 0,
  evaluateEvery: 4,
  randomSeed: 1,
  heldOut: 'units',
};

/** A tiny training, whose samples tell which weights they were drawn with. */
export function training(changes: Partial<Training> = {}): Training {
  return {
    engine: onnxEngine,
    threads: 1,
    config: network,
    settings,
    training: tokenizer.encode(text),
    validation: tokenizer.encode(nonsense(30)),
    tokenizer,
    lastGood: () => null,
    draw: async (weights, { seed }, step) => `${seed} ${step} ${digest(weights)}`,
    ...changes,
  };
}

/** All events of a training; `answer` gives the commands in reply to each. */
export async function eventsOf(
  given: Training,
  answer: (event: TrainingEvent) => readonly TrainingCommand[] = () => [],
): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  const running = train(given);
  let next = await running.next();
  while (!next.done) {
    events.push(next.value);
    next = await running.next(answer(next.value));
  }
  return events;
}

/** The state of the last checkpoint among these events, through JSON as a store keeps it. */
export function lastState(events: readonly TrainingEvent[]): TrainingState {
  const state = events.findLast((event) => event.type === 'checkpoint' && event.state);
  if (state?.type !== 'checkpoint' || !state.state) throw new Error('no checkpoint to go on from');
  return {
    arrays: structuredClone(state.state.arrays),
    progress: JSON.parse(JSON.stringify(state.state.progress)),
  };
}

/** Weights drawn at random, so that it minds which characters it has read; an LSTM, for hundreds of them. */
export function lively(config: NetworkConfig): NamedArrays {
  const random = Random.seeded(1, 'lively');
  // A forget gate that is open and an input gate that lets a little in.
  const gates: Readonly<Record<string, number>> = { f: 12, i: -5 };
  const initial = initialParameters(config, () => random.next());
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape, gate, decays }) => {
      const drawn = initial[name]?.data.map((value) => {
        if (!decays) return random.next() - 0.5 + (gates[gate ?? ''] ?? 0);
        return gate !== null && gate in gates ? value : 3 * value;
      });
      return [name, { shape, data: drawn ?? new Float32Array() }];
    }),
  );
}

export function digest(arrays: NamedArrays): string {
  const hash = createHash('sha256');
  for (const [name, { data }] of Object.entries(arrays)) hash.update(name).update(data);
  return hash.digest('hex');
}

function nonsense(words: number): string {
  const random = Random.seeded(words, 'nonsense');
  const known = ['in', 'the', 'sea', 'rest', 'is', 'a', 'stone', 'hid'];
  return Array.from({ length: words }, () => {
    const end = random.below(6) === 0 ? '.\n\n' : ' ';
    return `${known[random.below(known.length)]}${end}`;
  }).join('');
}
