import { expect, test } from 'vitest';
import { writeCheckpoint } from '../../src/store/checkpoints.ts';
import type { Store } from '../../src/store/database.ts';
import {
  createRun,
  deleteRun,
  endRun,
  type NewRun,
  type RunLease,
} from '../../src/store/run-lifecycle.ts';
import { chooseServing, listServing, servingCheckpoint } from '../../src/store/serving.ts';
import { checkpointOf, newRun, noon } from './rows.ts';
import { temporaryStore } from './temporary.ts';

/** Begins a run, with a best checkpoint of that validation figure. */
function begin(store: Store, figure: number, run: Partial<NewRun> = {}): RunLease {
  const lease = createRun(store, { ...newRun, ...run }, noon);
  writeCheckpoint(store, lease, { ...checkpointOf(1, 'best'), bitsPerCharacter: figure }, noon);
  return lease;
}

/** Such a run, ended. */
function train(store: Store, figure: number, run: Partial<NewRun> = {}): number {
  const lease = begin(store, figure, run);
  endRun(store, lease, { state: 'finished' }, noon);
  return lease.run;
}

const serves = (store: Store) => servingCheckpoint(store, 'bible')?.run;

test('the newest run that has ended serves, or a newer one once it beats what serves', () => {
  const store = temporaryStore();
  expect(serves(store)).toBeUndefined();
  const first = begin(store, 3);
  expect(serves(store)).toBe(first.run);
  const second = train(store, 1.5);
  expect(serves(store)).toBe(second);
  const third = train(store, 2);
  expect(serves(store)).toBe(third);

  const running = begin(store, 2.5);
  expect(serves(store)).toBe(third);
  writeCheckpoint(store, running, { ...checkpointOf(2, 'best'), bitsPerCharacter: 1.9 }, noon);
  expect(serves(store)).toBe(running.run);
  begin(store, 1.95);
  expect(serves(store)).toBe(running.run);

  const stopped = begin(store, 2.75);
  endRun(store, stopped, { state: 'failed' }, noon);
  expect(serves(store)).toBe(running.run);
  const last = begin(store, 2.75);
  endRun(store, last, { state: 'stopped' }, noon);
  expect(serves(store)).toBe(last.run);
});

test('a shipped run serves until there is one of its own, whichever came first', () => {
  const store = temporaryStore();
  const own = train(store, 2);
  const shipped = train(store, 1.25, { origin: 'shipped', settings: null, machine: null });
  expect(serves(store)).toBe(own);
  deleteRun(store, own, noon);
  expect(serves(store)).toBe(shipped);
  train(store, 1.75, { origin: 'imported' });
  expect(serves(store)).toBe(3);
});

test('a run serves by its best checkpoint, by its last where nothing was held out', () => {
  const store = temporaryStore();
  const lease = begin(store, 2);
  writeCheckpoint(store, lease, { ...checkpointOf(9, 'last'), bitsPerCharacter: 1 }, noon);
  expect(servingCheckpoint(store, 'bible')).toMatchObject({ kind: 'best', bitsPerCharacter: 2 });

  const whole = createRun(store, newRun, noon);
  const { bitsPerCharacter, ...unmeasured } = checkpointOf(5, 'last');
  writeCheckpoint(store, whole, unmeasured, noon);
  expect(servingCheckpoint(store, 'bible')).toMatchObject({ run: lease.run });
  endRun(store, whole, { state: 'finished' }, noon);
  expect(servingCheckpoint(store, 'bible')).toEqual({
    id: 3,
    run: whole.run,
    step: 5,
    kind: 'last',
    bitsPerCharacter: null,
    created: noon,
    resumable: true,
  });
  chooseServing(store, 'bible', 'best');
  expect(serves(store)).toBe(lease.run);
});

test('a choice goes before the rule, until it is taken back or its run is deleted', () => {
  const store = temporaryStore();
  const [worst, best, newest] = [train(store, 3), train(store, 1), train(store, 2)];
  const plato = train(store, 1.5, { corpus: 'plato' });

  chooseServing(store, 'bible', worst);
  expect(serves(store)).toBe(worst);
  chooseServing(store, 'bible', 'best');
  expect(serves(store)).toBe(best);
  expect(listServing(store)).toMatchObject([
    { corpus: 'bible', choice: 'best', checkpoint: { run: best } },
    { corpus: 'plato', choice: 'latest', checkpoint: { run: plato } },
  ]);
  chooseServing(store, 'bible', 'latest');
  expect(serves(store)).toBe(newest);

  chooseServing(store, 'bible', worst);
  expect(() => chooseServing(store, 'bible', plato)).toThrow(
    `Run ${plato} has no checkpoint that could serve bible.`,
  );
  expect(listServing(store)[0]).toMatchObject({ choice: worst, checkpoint: { run: worst } });
  deleteRun(store, worst, noon);
  expect(listServing(store)[0]).toMatchObject({ choice: 'latest', checkpoint: { run: newest } });
});
