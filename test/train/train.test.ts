import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { States } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { cellNames } from '../../src/network/cells/cells.ts';
import { beginPass, placeAfter, readWindow } from '../../src/text/lanes.ts';
import { Random } from '../../src/text/random.ts';
import type { TrainingEvent } from '../../src/train/events.ts';
import type { Training, TrainingCommand } from '../../src/train/train.ts';
import { bitsOf } from './plain-reading.ts';
import {
  digest,
  eventsOf,
  lastState,
  lively,
  network,
  settings,
  text,
  tokenizer,
  training,
} from './training.ts';

/** What an event tells, its arrays by their digest. */
function told(event: TrainingEvent): object {
  if (event.type !== 'checkpoint') return event;
  const { weights, state, ...rest } = event;
  return {
    ...rest,
    weights: digest(weights),
    ...(state ? { state: digest(state.arrays), progress: state.progress } : {}),
  };
}

const stopAt =
  (step: number) =>
  (event: TrainingEvent): TrainingCommand[] =>
    event.type === 'step' && event.step === step ? [{ type: 'stop' }] : [];

const typesOf = (events: readonly TrainingEvent[]) =>
  events.map(({ type, step }) => `${type} ${step}`);

describe('a training', () => {
  test('tells of its steps, looks at what is held out, and ends with its budget', async () => {
    const events = await eventsOf(training());
    const looks = events.filter((event) => event.type === 'evaluation');
    expect(typesOf(events.filter(({ type }) => type === 'step'))).toEqual(
      Array.from({ length: 10 }, (_, index) => `step ${index + 1}`),
    );
    expect(looks.map(({ step }) => step)).toEqual([4, 8, 10]);
    expect(looks[2]?.bitsPerCharacter).toBeLessThan(looks[0]?.bitsPerCharacter ?? 0);
    for (const look of looks) {
      const after = events.slice(events.indexOf(look) + 1).map(told);
      if (look.best) {
        expect(after.shift()).toMatchObject({
          type: 'checkpoint',
          kind: 'best',
          bitsPerCharacter: look.bitsPerCharacter,
        });
      }
      expect(after[0]).toMatchObject({ type: 'sample', step: look.step, seed: '' });
    }
    expect(events.slice(-2).map(told)).toMatchObject([
      { type: 'checkpoint', step: 10, kind: 'last' },
      { type: 'done', step: 10, reason: 'budget' },
    ]);
  });

  test('writes from its first steps on, and after a stop there goes on bit for bit', async () => {
    const whole = training({
      settings: { ...settings, steps: 60, evaluateEvery: 55 },
      // Too long to be looked at before it is due.
      validation: tokenizer.encode(text.repeat(8)),
    });
    const unbroken = await eventsOf(whole);
    const seen = unbroken.filter(({ type }) => type === 'evaluation' || type === 'sample');
    expect(typesOf(seen)).toEqual([
      ...['sample 20', 'sample 50', 'evaluation 55', 'sample 55'],
      ...['evaluation 60', 'sample 60'],
    ]);
    const before = await eventsOf(whole, stopAt(20));
    const after = await eventsOf({ ...whole, resumed: lastState(before) });
    expect([...before.slice(0, -2), ...after].map(told)).toEqual(unbroken.map(told));
  });

  test('is looked at early where that is cheap', async () => {
    const few = { ...settings, batch: 40, unroll: 20, steps: 60, evaluateEvery: 55 };
    const whole = training({ settings: few, training: tokenizer.encode(text.repeat(20)) });
    const looks = (await eventsOf(whole)).filter(({ type }) => type === 'evaluation');
    expect(typesOf(looks).slice(0, 2)).toEqual(['evaluation 20', 'evaluation 50']);
  });

  test('stopped anywhere and resumed is the training that was never stopped, bit for bit', async () => {
    const cases = fc.record({
      cell: fc.constantFrom(...cellNames),
      layers: fc.integer({ min: 1, max: 2 }),
      embedding: fc.constantFrom(4, 'one-hot' as const),
      threads: fc.integer({ min: 1, max: 2 }),
      batch: fc.integer({ min: 2, max: 5 }),
      dropout: fc.constantFrom(0, 0.3),
      emaDecay: fc.constantFrom(0, 0.9),
      evaluateEvery: fc.integer({ min: 1, max: 6 }),
      isHeldOut: fc.boolean(),
      randomSeed: fc.nat(),
      stops: fc.uniqueArray(fc.integer({ min: 1, max: settings.steps }), {
        minLength: 1,
        maxLength: 2,
      }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ stops, threads, isHeldOut, ...given }) => {
        const { cell, layers, embedding, ...chosen } = given;
        // minGRU has no recurrent matrices to leave weights out of.
        const recurrentDropout = cell === 'mingru' ? 0 : chosen.dropout / 2;
        const whole = training({
          threads,
          config: { ...network, cell, layers, embedding },
          settings: { ...settings, ...chosen, recurrentDropout },
          ...(isHeldOut ? {} : { validation: null }),
        });
        const unbroken = await eventsOf(whole);

        const broken: TrainingEvent[] = [];
        let part: Training = whole;
        for (const stop of stops.toSorted((a, b) => a - b)) {
          const events = await eventsOf(part, stopAt(stop));
          expect(events.slice(-2).map(told)).toMatchObject([
            { type: 'checkpoint', step: stop, kind: 'last' },
            { type: 'done', step: stop, reason: 'stopped' },
          ]);
          part = { ...whole, resumed: lastState(events) };
          broken.push(...events.slice(0, -2));
        }
        broken.push(...(await eventsOf(part)));
        expect(broken.map(told)).toEqual(unbroken.map(told));
      }),
      {
        numRuns: 5,
        // A look at the held-out part is due where this one is stopped.
        examples: [
          [
            {
              ...{ cell: 'lstm', layers: 2, embedding: 4, threads: 2, batch: 5, dropout: 0.3 },
              ...{ emaDecay: 0.9, evaluateEvery: 5, isHeldOut: true, randomSeed: 7 },
              stops: [5, 10],
            },
          ],
        ],
      },
    );
  });

  test('goes on from any checkpoint that it gave as it went on itself', async () => {
    const states: Training['resumed'][] = [];
    const events = await eventsOf(training(), (event) => {
      if (event.type === 'checkpoint' && event.kind === 'kept') states.push(event.state);
      return event.type === 'step' ? [{ type: 'checkpoint', kind: 'kept' }] : [];
    });
    expect(states).toHaveLength(settings.steps);
    const own = events.filter((event) => event.type !== 'checkpoint' || event.kind !== 'kept');
    for (const resumed of [states[2], states[3], states[9]]) {
      if (!resumed) throw new Error('a checkpoint without a state');
      const rest = await eventsOf(training({ resumed }));
      // What was told by the time of the checkpoint is not told again: neither steps nor looks nor samples.
      expect(rest.map(told)).toEqual(own.slice(-rest.length).map(told));
      const before = own.slice(0, -rest.length);
      expect(before.at(-1)?.step).toBe(resumed.progress.step);
      expect(rest[0]).toMatchObject(
        resumed.progress.step < settings.steps
          ? { type: 'step', step: resumed.progress.step + 1 }
          : { type: 'checkpoint', kind: 'last' },
      );
    }
  });

  test('obeys commands in reply to any event, and goes on as it would have', async () => {
    const sample = { type: 'sample', seed: 'the sea', temperature: 0.5 } as const;
    const plain = await eventsOf(training());
    const events = await eventsOf(training(), (event) => {
      if (event.type === 'step' && event.step === 2) {
        return [{ type: 'checkpoint', kind: 'kept' }, sample];
      }
      return event.type === 'evaluation' && event.step === 4 ? [sample] : [];
    });
    const asked = events.filter(
      (event) =>
        (event.type === 'checkpoint' && event.kind === 'kept') ||
        (event.type === 'sample' && event.seed !== ''),
    );
    expect(asked.map(told)).toMatchObject([
      { type: 'checkpoint', step: 2, kind: 'kept', progress: { step: 2 } },
      { ...sample, step: 2 },
      { ...sample, step: 4 },
    ]);
    const [kept, drawn] = asked;
    if (kept?.type !== 'checkpoint' || drawn?.type !== 'sample') throw new Error('not obeyed');
    expect(drawn.text).toBe(`the sea 2 ${digest(kept.weights)}`);
    expect(events.filter((event) => !asked.includes(event)).map(told)).toEqual(plain.map(told));

    const stopped = await eventsOf(training(), (event) =>
      event.type === 'evaluation' ? [{ type: 'stop' }] : [],
    );
    expect(stopped.slice(-2).map(told)).toMatchObject([
      { type: 'checkpoint', step: 4, kind: 'last' },
      { type: 'done', step: 4, reason: 'stopped' },
    ]);
  });

  test('ends early when no figure gets better for as many looks as its patience', async () => {
    // At a rate of zero nothing ever gets better.
    const patient = { ...settings, steps: 40, learningRate: 0, patience: 3 };
    const events = await eventsOf(training({ settings: patient }));
    expect(events.filter((event) => event.type === 'evaluation').map(({ best }) => best)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(events.at(-1)).toEqual({ type: 'done', step: 16, reason: 'patience' });
  });

  test('learns from each window after those before it, and begins every pass with nothing', async () => {
    // At a rate of zero the weights stay those it begins with.
    const weights = lively(network);
    const still = { ...settings, learningRate: 0, dropout: 0, recurrentDropout: 0, emaDecay: 0 };
    const given = training({ settings: still, from: weights, validation: null });
    const events = await eventsOf(given);

    const lanes = { length: given.training.length, batch: still.batch, unroll: still.unroll };
    const random = Random.seeded(still.randomSeed, 'training');
    const stepper = await onnxEngine.stepper({ config: network, weights, threads: 1 });
    let place = beginPass(lanes, 0, random);
    let states: States | undefined;
    for (const step of events.filter((event) => event.type === 'step')) {
      const { inputs, targets } = readWindow(given.training, lanes, place);
      if (place.window === 0) states = undefined;
      let bits = 0;
      for (let t = 0; t < still.unroll; t++) {
        const at = (ids: Int32Array) => ids.slice(t * still.batch, (t + 1) * still.batch);
        const after = await stepper.step(at(inputs), states);
        states = after.states;
        at(targets).forEach((id, lane) => {
          const V = network.vocabularySize;
          bits += bitsOf(after.logits.subarray(lane * V, (lane + 1) * V), id);
        });
      }
      expect(step.bitsPerCharacter).toBeCloseTo(bits / (still.unroll * still.batch), 4);
      place = placeAfter(lanes, place, random);
    }
    expect(place.pass).toBe(1);
    await stepper.close();
  });

  test('begins with given weights', async () => {
    const first = lastState(await eventsOf(training(), stopAt(6)));
    const still = { ...settings, learningRate: 0, weightDecay: 0, steps: 1 };
    const [, , best] = await eventsOf(training({ settings: still, from: first.arrays }));
    if (best?.type !== 'checkpoint') throw new Error('no checkpoint');
    for (const [name, { data }] of Object.entries(best.weights)) {
      expect(data, name).toEqual(first.arrays[name]?.data);
    }
  });
});

describe('a loss that is not a number', () => {
  /** Products of weights that a step moves by this much overflow. */
  const far = 1e38;

  test('goes back to the last good state with half the rate, three times, then ends the training', async () => {
    const good = lastState(await eventsOf(training(), stopAt(5)));
    const events: TrainingEvent[] = [];
    const hopeless = training({
      settings: { ...settings, learningRate: far },
      resumed: good,
      lastGood: () => good,
    });
    const failing = eventsOf(hopeless, (event) => {
      events.push(event);
      return [];
    });
    await expect(failing).rejects.toThrow(
      'The loss became NaN at step 7, after going back to the last good state 3 times.',
    );
    const [first] = events;
    if (first?.type !== 'step') throw new Error('no step');
    const again = (share: number) => ({ ...first, learningRate: first.learningRate * share });
    const recovery = (share: number) => ({
      type: 'recovery',
      step: 7,
      backTo: 5,
      learningRate: far * share,
    });
    expect(events).toEqual([
      ...[first, recovery(1 / 2), again(1 / 2), recovery(1 / 4)],
      ...[again(1 / 4), recovery(1 / 8), again(1 / 8)],
    ]);
  });

  test('is got over where half the rate is low enough', async () => {
    const high = {
      ...settings,
      learningRate: 5e36,
      weightDecay: 0,
      dropout: 0,
      recurrentDropout: 0,
    };
    const events = await eventsOf(training({ settings: high, validation: null }));
    const recoveries = events.filter(({ type }) => type === 'recovery').length;
    expect(recoveries).toBeGreaterThan(0);
    expect(events.findLast(({ type }) => type === 'step')).toMatchObject({
      step: settings.steps,
      learningRate: (5e36 * settings.finalRatio) / 2 ** recoveries,
    });
    expect(events.slice(-2).map(told)).toMatchObject([
      { type: 'checkpoint', progress: { recoveries, learningRateScale: 1 / 2 ** recoveries } },
      { type: 'done', reason: 'budget' },
    ]);
  });
});
