import { z } from 'zod';
import { sumUp } from './curve.ts';
import type { Store } from './database.ts';
import { beat } from './heartbeats.ts';
import { parseRow } from './rows.ts';
import type { RunLease } from './run-lifecycle.ts';

/** What is kept of a training step. */
export interface StepMetrics {
  /** Steps done, counted from 1. */
  readonly step: number;
  /** Passes over the training part so far, a fraction. */
  readonly passes: number;
  /** Seconds spent training so far. */
  readonly elapsed: number;
  readonly bitsPerCharacter: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly charsPerSecond: number;
}

/** What is kept of a look at the validation part. */
export type Evaluation = Pick<StepMetrics, 'step' | 'passes' | 'elapsed' | 'bitsPerCharacter'>;

/** Checks an evaluation, as the store and a model's file hold it. */
export const evaluationSchema = z.object({
  step: z.int().nonnegative(),
  passes: z.number(),
  elapsed: z.number(),
  bitsPerCharacter: z.number(),
});

/**
 * Writes the steps since the last call, in their order, and what the run has reached with them.
 * A step with a figure that is not finite is left out: the curve has a gap there.
 */
export function recordSteps(
  store: Store,
  lease: RunLease,
  steps: readonly StepMetrics[],
  now: number,
): void {
  const finite = steps.filter(({ bitsPerCharacter, gradientNorm, charsPerSecond }) =>
    Number.isFinite(bitsPerCharacter + gradientNorm + charsPerSecond),
  );
  const [first] = finite;
  const last = finite.at(-1);
  store.transaction(() => {
    beat(store, lease, now);
    if (!first || !last) return;
    const { run } = lease;
    for (const step of finite) {
      store.write(
        `INSERT INTO steps VALUES (@run, @step, @passes, @elapsed, @bitsPerCharacter,
           @gradientNorm, @learningRate, @charsPerSecond)`,
        { run, ...step },
      );
    }
    sumUp(store, run, first.step);
    const total = finite.reduce((sum, step) => sum + step.bitsPerCharacter, 0);
    setReached(store, run, { ...last, bitsPerCharacter: total / finite.length }, now);
  });
}

/** Writes a validation figure; one that is not finite is left out. */
export function recordEvaluation(
  store: Store,
  lease: RunLease,
  evaluation: Evaluation,
  now: number,
): void {
  store.transaction(() => {
    beat(store, lease, now);
    if (!Number.isFinite(evaluation.bitsPerCharacter)) return;
    store.write(
      'INSERT INTO evaluations VALUES (@run, @step, @passes, @elapsed, @bitsPerCharacter)',
      { run: lease.run, ...evaluation },
    );
    setBest(store, lease.run);
  });
}

/** The validation figures of a run, in the order of their steps. */
export function readEvaluations(store: Store, run: number): Evaluation[] {
  return store
    .rows(
      `SELECT step, passes, elapsed, bitsPerCharacter FROM evaluations
       WHERE run = @run ORDER BY step`,
      { run },
    )
    .map((row) => parseRow(evaluationSchema, row, `An evaluation of run ${run}`));
}

/**
 * Forgets the steps, evaluations and samples after a step: the run goes on from its checkpoint there
 * and will write them again. Checkpoints stay until newer ones take their place.
 */
export function truncateAfter(store: Store, lease: RunLease, step: number, now: number): void {
  store.transaction(() => {
    beat(store, lease, now);
    const { run } = lease;
    for (const table of ['steps', 'evaluations', 'samples', 'usage']) {
      store.write(`DELETE FROM ${table} WHERE run = @run AND step > @step`, { run, step });
    }
    sumUp(store, run, step);
    const row = store.row('SELECT * FROM steps WHERE run = @run ORDER BY step DESC LIMIT 1', {
      run,
    });
    const reached = row === undefined ? nothing : parseRow(reachedSchema, row, `Run ${run}`);
    setReached(store, run, { ...reached, step }, now);
    setBest(store, run);
  });
}

/** Writes how far a run had come whose single steps are not known. */
export function recordReached(
  store: Store,
  lease: RunLease,
  reached: Pick<StepMetrics, 'step' | 'passes' | 'elapsed'>,
  now: number,
): void {
  store.transaction(() => {
    beat(store, lease, now);
    setReached(store, lease.run, { ...nothing, ...reached }, now);
  });
}

const reachedSchema = evaluationSchema.extend({
  bitsPerCharacter: z.number().nullable(),
  charsPerSecond: z.number().nullable(),
});
type Reached = z.infer<typeof reachedSchema>;
const nothing: Reached = {
  step: 0,
  passes: 0,
  elapsed: 0,
  bitsPerCharacter: null,
  charsPerSecond: null,
};

function setReached(store: Store, run: number, reached: Reached, now: number): void {
  const { step, passes, elapsed, bitsPerCharacter, charsPerSecond } = reached;
  store.write(
    `UPDATE runs SET updated = @now, steps = @step, passes = @passes, elapsed = @elapsed,
       bitsPerCharacter = @bitsPerCharacter, charsPerSecond = @charsPerSecond
     WHERE id = @run`,
    { run, now, step, passes, elapsed, bitsPerCharacter, charsPerSecond },
  );
}

function setBest(store: Store, run: number): void {
  store.write(
    `UPDATE runs SET (bestStep, bestBitsPerCharacter) = (
       SELECT step, bitsPerCharacter FROM evaluations
       WHERE run = @run ORDER BY bitsPerCharacter, step LIMIT 1)
     WHERE id = @run`,
    { run },
  );
}
