import { describe, expect, test } from 'vitest';
import { writeCheckpoint } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';
import {
  createRun,
  deleteRun,
  endRun,
  type NewRun,
  type RunLease,
} from '../../src/store/run-lifecycle.ts';
import {
  chooseServing,
  listServing,
  runCheckpoint,
  servingCheckpoint,
  servingVerdict,
} from '../../src/store/serving.ts';
import { checkpointOf, newRun, noon } from './rows.ts';
import { temporaryStore } from './temporary.ts';

const here: Partial<NewRun> = { heldOutHash: 'of this text' };

/** Begins a run, with a best checkpoint of that validation figure; one that is null was never measured. */
function begin(store: Store, figure: number | null, run: Partial<NewRun> = here): RunLease {
  const lease = createRun(store, { ...newRun, ...run }, noon);
  const { bitsPerCharacter: _, ...checkpoint } = checkpointOf(1, figure === null ? 'last' : 'best');
  const measured = figure === null ? {} : { bitsPerCharacter: figure };
  writeCheckpoint(store, lease, { ...checkpoint, ...measured }, noon);
  return lease;
}

/** Such a run, ended. */
function train(store: Store, figure: number | null, run: Partial<NewRun> = here): number {
  const lease = begin(store, figure, run);
  endRun(store, lease, { state: 'finished' }, noon);
  return lease.run;
}

const serves = (store: Store) => servingCheckpoint(store, 'bible')?.run;
const verdict = (store: Store, run: number) => {
  const { serves: does, reason, serving } = servingVerdict(store, run);
  return `${does ? 'serves' : 'does not'}: ${reason}, ${serving?.run ?? 'none'}`;
};

describe('what serves a text', () => {
  test('is the newest run that is no worse than what served before', () => {
    const store = temporaryStore();
    expect(serves(store)).toBeUndefined();
    const first = train(store, 2);
    expect(verdict(store, first)).toBe('serves: first, 1');
    const worse = train(store, 2.001);
    expect(verdict(store, worse)).toBe('does not: worse, 1');
    const equal = train(store, 2);
    expect(verdict(store, equal)).toBe('serves: no-worse, 3');
    expect(verdict(store, first)).toBe('does not: superseded, 3');
    const better = train(store, 1.5);
    train(store, 1.75);
    expect(serves(store)).toBe(better);
    deleteRun(store, better, noon);
    expect(serves(store)).toBe(5);
  });

  test('may still be in training, once it is better, and may have failed since', () => {
    const store = temporaryStore();
    const ended = train(store, 2);
    const running = begin(store, 2);
    expect(verdict(store, running.run)).toBe(`does not: worse, ${ended}`);
    writeCheckpoint(store, running, { ...checkpointOf(2, 'best'), bitsPerCharacter: 1.9 }, noon);
    expect(verdict(store, running.run)).toBe('serves: no-worse, 2');
    endRun(store, running, { state: 'failed' }, noon);
    expect(serves(store)).toBe(running.run);
  });

  test('is never one that was not measured, unless nothing was', () => {
    const store = temporaryStore();
    const first = train(store, null);
    const training = begin(store, null);
    expect(verdict(store, training.run)).toBe(`does not: unmeasured, ${first}`);
    const second = train(store, null);
    expect(verdict(store, second)).toBe('serves: newest, 3');
    const measured = train(store, 7);
    expect(verdict(store, measured)).toBe('serves: measured, 4');
    expect(verdict(store, train(store, null))).toBe('does not: unmeasured, 4');
  });

  test('is never one that was measured on another text, or does not say on which', () => {
    const store = temporaryStore();
    train(store, 2);
    const other = train(store, 1, { heldOutHash: 'of another text' });
    expect(verdict(store, other)).toBe('does not: other-text, 1');
    const file = train(store, 1, { origin: 'imported', heldOutHash: null });
    expect(verdict(store, file)).toBe('does not: unmeasured, 1');
    const same = train(store, 1.9, { origin: 'imported', ...here });
    expect(verdict(store, same)).toBe('serves: no-worse, 4');
  });

  test('is no network of a few seconds where a shipped one is better, whichever came first', () => {
    const store = temporaryStore();
    const own = train(store, 2);
    const shipped = train(store, 1.25, { origin: 'shipped', settings: null, machine: null });
    expect(verdict(store, own)).toBe(`does not: worse, ${shipped}`);
    const better = train(store, 1.2);
    expect(serves(store)).toBe(better);
    train(store, 1.1, { origin: 'shipped', settings: null, machine: null });
    expect(verdict(store, better)).toBe('does not: worse, 4');
  });

  test('is what a person chose, until that is taken back or its run is deleted', () => {
    const store = temporaryStore();
    const [worst, best] = [train(store, 3), train(store, 1)];
    const plato = train(store, 1.5, { corpus: 'plato' });

    chooseServing(store, 'bible', worst);
    expect(verdict(store, worst)).toBe('serves: chosen, 1');
    expect(verdict(store, best)).toBe('does not: other-chosen, 1');
    expect(listServing(store)).toMatchObject([
      { corpus: 'bible', choice: worst, checkpoint: { run: worst } },
      { corpus: 'plato', choice: 'auto', checkpoint: { run: plato } },
    ]);
    expect(() => chooseServing(store, 'bible', plato)).toThrow(
      `Run ${plato} has no checkpoint to use for bible.`,
    );
    expect(serves(store)).toBe(worst);
    chooseServing(store, 'bible', 'auto');
    expect(serves(store)).toBe(best);

    chooseServing(store, 'bible', worst);
    deleteRun(store, worst, noon);
    expect(listServing(store)[0]).toMatchObject({ choice: 'auto', checkpoint: { run: best } });
  });
});

test('a run writes by its best checkpoint, by its latest where none is the best', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  expect(runCheckpoint(store, lease.run)).toBeUndefined();
  expect(verdict(store, lease.run)).toBe('does not: no-checkpoint, none');
  const { bitsPerCharacter: _, ...unmeasured } = checkpointOf(3, 'last');
  writeCheckpoint(store, lease, unmeasured, noon);
  writeCheckpoint(store, lease, { ...unmeasured, step: 5, kind: 'kept' }, noon);
  const kept = { id: 2, run: 1, step: 5, kind: 'kept', bitsPerCharacter: null };
  expect(runCheckpoint(store, lease.run)).toMatchObject(kept);
  expect(servingCheckpoint(store, 'bible')).toMatchObject(kept);
  writeCheckpoint(store, lease, { ...unmeasured, step: 7 }, noon);
  expect(runCheckpoint(store, lease.run)).toMatchObject({ kind: 'last', step: 7 });
  writeCheckpoint(store, lease, checkpointOf(2, 'best'), noon);
  expect(runCheckpoint(store, lease.run)).toEqual({
    ...{ id: 4, run: 1, step: 2, kind: 'best', bitsPerCharacter: 1.25 },
    ...{ created: noon, resumable: true },
  });
  expect(() => servingVerdict(store, 9)).toThrow('There is no run 9.');
});
