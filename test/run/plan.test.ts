import { describe, expect, test } from 'vitest';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { measureSpeed } from '../../src/run/measure.ts';
import { type Budget, planTraining } from '../../src/run/plan.ts';
import { noon } from '../store/rows.ts';
import { temporaryStore } from '../store/temporary.ts';
import { settings, training } from '../train/training.ts';
import { addTexts, wish } from './runs.ts';

describe('a budget', () => {
  const stepsOf = async (budget: Budget) => {
    const store = temporaryStore();
    addTexts(store);
    const plan = await planTraining(store, onnxEngine, { ...wish, budget }, noon);
    return { steps: plan.settings.steps, length: plan.text.training.length };
  };

  test('of steps is so many', async () => {
    expect(await stepsOf({ steps: 123 })).toMatchObject({ steps: 123 });
  });

  test('of passes is as many steps as these have windows', async () => {
    const { steps, length } = await stepsOf({ passes: 2.5 });
    expect(steps).toBe(Math.ceil(2.5 * Math.floor((length - 1) / 64)));
  });

  test('of minutes is as many steps as this machine does in them, one at the least', async () => {
    const [minute, instant] = await Promise.all([
      stepsOf({ minutes: 1 }),
      stepsOf({ minutes: 1e-9 }),
    ]);
    expect(Number.isInteger(minute.steps)).toBe(true);
    expect(minute.steps).toBeGreaterThan(1);
    expect(instant.steps).toBe(1);
  });
});

test('a measurement counts the steps after the first three', async () => {
  // When it begins, twice at the end of each of the first three steps, and at the end of the others.
  const seconds = [0, 10, 10, 20, 20, 30, 30, 31, 32.5];
  const clock = () => 1000 * (seconds.shift() ?? Number.NaN);
  const { config } = training();
  const speed = await measureSpeed(onnxEngine, config, settings, 1, { seconds: 2, clock });
  expect(speed).toBe((2 * settings.batch * settings.unroll) / 2.5);
});

test('a text that is not there is refused with those that are', async () => {
  const store = temporaryStore();
  addTexts(store);
  const planned = (corpus: string) => planTraining(store, onnxEngine, { ...wish, corpus }, noon);
  await expect(planned('psalms')).rejects.toMatchObject({
    message: 'There is no text called "psalms".',
    remedy: expect.stringContaining('bible, plato, dialogues, proverbs, questions'),
  });
  await expect(planned('plato')).rejects.toMatchObject({
    remedy: expect.stringContaining('escriba corpus fetch plato'),
  });
});

test('on a graphics card more lanes are read, and the run says which card computes', async () => {
  const store = temporaryStore();
  addTexts(store);
  const { batch: _, learningRate: __, ...others } = { ...wish, unroll: 1 };
  const onCard = { ...onnxEngine, card: 'NVIDIA GeForce RTX 4070' };
  const budget = { steps: 1 };
  const [card, processor] = await Promise.all([
    planTraining(store, onCard, { ...others, budget }, noon),
    planTraining(store, onnxEngine, { ...others, budget }, noon),
  ]);
  expect(card.machine.card).toBe('NVIDIA GeForce RTX 4070');
  expect(processor.machine).not.toHaveProperty('card');
  expect(processor.settings.batch).toBe(32);
  expect(card.settings.batch).toBeGreaterThan(32);
  const lanes = card.settings.batch / processor.settings.batch;
  expect(card.settings.learningRate / processor.settings.learningRate).toBeCloseTo(
    Math.cbrt(lanes),
  );
  const chosen = await planTraining(store, onCard, { ...wish, budget }, noon);
  expect(chosen.settings).toMatchObject({ batch: wish.batch, learningRate: wish.learningRate });
});

test('what is faster is chosen once the network is known, and the reason kept', async () => {
  const store = temporaryStore();
  addTexts(store);
  const onCard = { ...onnxEngine, card: 'NVIDIA GeForce RTX 4070' };
  const plan = await planTraining(
    store,
    async (network, settingsOn) => {
      expect(network.hidden).toBe(wish.network.hidden);
      expect(settingsOn(onCard).batch).toBe(wish.batch);
      return { engine: onCard, reason: 'It is faster.' };
    },
    { ...wish, budget: { steps: 1 } },
    noon,
  );
  expect(plan).toMatchObject({ engine: onCard, reason: 'It is faster.' });
});
