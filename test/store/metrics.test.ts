import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCurve } from '../../src/store/curve.ts';
import {
  readEvaluations,
  recordEvaluation,
  recordSteps,
  type StepMetrics,
  truncateAfter,
} from '../../src/store/metrics.ts';
import { createRun } from '../../src/store/run-lifecycle.ts';
import { getRun } from '../../src/store/runs.ts';
import { listSamples, recordSample } from '../../src/store/samples.ts';
import { newRun, noon, stepsBetween } from './rows.ts';
import { temporaryStore } from './temporary.ts';

const close = (value: number) => expect.closeTo(value, 9);

/** The same curve, from all steps, by plain loops. */
function summedUp(steps: readonly StepMetrics[], from: number, to: number, points: number) {
  let width = 1;
  while ((to - from) / width > points) width *= 2;
  const groups = Map.groupBy(
    steps.filter(
      ({ step }) =>
        Math.floor(step / width) >= Math.floor(from / width) &&
        Math.floor(step / width) <= Math.floor(to / width),
    ),
    ({ step }) => Math.floor(step / width),
  );
  return [...groups.values()].map((group) => {
    const mean = (figure: (step: StepMetrics) => number) =>
      close(group.reduce((sum, step) => sum + figure(step), 0) / group.length);
    const spread = (figure: (step: StepMetrics) => number) => ({
      min: Math.min(...group.map(figure)),
      mean: mean(figure),
      max: Math.max(...group.map(figure)),
    });
    const last = group.at(-1);
    return {
      step: last?.step,
      passes: last?.passes,
      elapsed: last?.elapsed,
      bitsPerCharacter: spread((step) => step.bitsPerCharacter),
      gradientNorm: spread((step) => step.gradientNorm),
      learningRate: mean((step) => step.learningRate),
      charsPerSecond: mean((step) => step.charsPerSecond),
    };
  });
}

test('a curve, however thinned and however its steps came, has their least, mean and greatest', () => {
  const store = temporaryStore();
  const total = 3000;
  const whole = fc.record({
    batches: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
    from: fc.integer({ min: 0, max: total }),
    length: fc.integer({ min: 0, max: total }),
    points: fc.integer({ min: 1, max: 200 }),
  });
  fc.assert(
    fc.property(whole, ({ batches, from, length, points }) => {
      const lease = createRun(store, newRun, noon);
      let written = 0;
      for (const batch of batches) {
        recordSteps(store, lease, stepsBetween(written + 1, written + batch), noon);
        written += batch;
      }
      const to = Math.min(from + length, written);
      const curve = readCurve(store, lease.run, { from, to: from + length, points });
      expect(curve).toEqual(summedUp(stepsBetween(1, written), from, to, points));
      expect(curve.length).toBeLessThanOrEqual(points + 1);
    }),
    { numRuns: 60 },
  );
});

test('a run of few steps is drawn by each of them, one of none by nothing', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  expect(readCurve(store, lease.run, { points: 100 })).toEqual([]);
  recordSteps(store, lease, stepsBetween(1, 90), noon);
  expect(readCurve(store, lease.run, { points: 100 }).map(({ step }) => step)).toEqual(
    stepsBetween(1, 90).map(({ step }) => step),
  );
});

test('a run says what it has reached', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  recordSteps(store, lease, stepsBetween(1, 3), noon + 1);
  recordSteps(
    store,
    lease,
    stepsBetween(4, 5).map((step) => ({ ...step, bitsPerCharacter: step.step })),
    noon + 2,
  );
  for (const [step, bitsPerCharacter] of [
    [2, 1.5],
    [3, 1.25],
    [4, 1.25],
    [5, 1.75],
  ] as const) {
    recordEvaluation(store, lease, { step, passes: 0, elapsed: 1, bitsPerCharacter }, noon);
  }
  expect(getRun(store, lease.run, noon)).toMatchObject({
    updated: noon + 2,
    steps: 5,
    passes: 0.05,
    elapsed: 1.25,
    bitsPerCharacter: 4.5,
    charsPerSecond: 20_005,
    best: { step: 3, bitsPerCharacter: 1.25 },
  });
});

test('a figure that is not finite is a gap in the curve, and stops nothing', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const steps = stepsBetween(1, 4).map((step) =>
    step.step === 3 ? { ...step, bitsPerCharacter: Number.NaN } : step,
  );
  recordSteps(store, lease, steps, noon);
  expect(readCurve(store, lease.run, { points: 10 }).map(({ step }) => step)).toEqual([1, 2, 4]);
  const evaluation = { step: 4, passes: 1, elapsed: 2, bitsPerCharacter: Number.NaN };
  recordEvaluation(store, lease, evaluation, noon);
  expect(readEvaluations(store, lease.run)).toEqual([]);
});

test('after going back to a step, all is as if the run had never been past it', () => {
  const write = (last: number) => {
    const store = temporaryStore();
    const lease = createRun(store, newRun, noon);
    for (let step = 50; step <= last; step += 50) {
      recordSteps(store, lease, stepsBetween(step - 49, step), noon);
      const evaluation = { step, passes: 0, elapsed: step, bitsPerCharacter: 2 - step / 1000 };
      recordEvaluation(store, lease, evaluation, noon);
      recordSample(store, lease, { step, seed: 'a', text: `a ${step}`, temperature: 1 }, noon);
    }
    return { store, lease };
  };
  const all = ({ store, lease }: ReturnType<typeof write>) => ({
    tables: ['steps', 'blocks', 'evaluations', 'samples'].map((table) =>
      store.rows(`SELECT * FROM ${table}`),
    ),
    curve: readCurve(store, lease.run, { points: 3 }),
    run: { ...getRun(store, lease.run, noon), bitsPerCharacter: expect.any(Number) },
  });

  const further = write(600);
  truncateAfter(further.store, further.lease, 200, noon);
  const never = write(200);
  expect(all(further)).toEqual(all(never));
  recordSteps(further.store, further.lease, stepsBetween(201, 210), noon);
  expect(getRun(further.store, 1, noon).steps).toBe(210);

  truncateAfter(further.store, further.lease, 0, noon);
  expect(getRun(further.store, 1, noon)).toMatchObject({
    steps: 0,
    passes: 0,
    elapsed: 0,
    bitsPerCharacter: null,
    best: null,
  });
  expect(readEvaluations(further.store, 1)).toEqual([]);
});

test('samples come newest first, each with the validation figure of its time', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  const sample = (step: number) => ({
    step,
    seed: 'Henrique',
    text: `… ${step}`,
    temperature: 0.8,
  });
  recordSample(store, lease, sample(10), noon);
  recordEvaluation(store, lease, { step: 20, passes: 1, elapsed: 2, bitsPerCharacter: 1.75 }, noon);
  recordSample(store, lease, sample(20), noon + 1);
  const later = { step: 40, passes: 2, elapsed: 4, bitsPerCharacter: 1.5 };
  recordEvaluation(store, lease, later, noon);
  recordSample(store, lease, sample(30), noon + 2);
  expect(listSamples(store, lease.run, 2)).toEqual([
    { id: 3, ...sample(30), bitsPerCharacter: 1.75, created: noon + 2 },
    { id: 2, ...sample(20), bitsPerCharacter: 1.75, created: noon + 1 },
  ]);
  expect(listSamples(store, lease.run, 9).at(-1)).toMatchObject({ bitsPerCharacter: null });
  expect(readEvaluations(store, lease.run)).toEqual([
    { step: 20, passes: 1, elapsed: 2, bitsPerCharacter: 1.75 },
    later,
  ]);
});
