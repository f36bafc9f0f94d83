import { writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { claimRun, createRun, endRun } from '../../src/store/run-lifecycle.ts';
import { getRun } from '../../src/store/runs.ts';
import { recordSample } from '../../src/store/samples.ts';
import { botLog, botLogPath } from '../../tui/processes/bot-process.ts';
import { isPending, Trainings } from '../../tui/processes/trainings.ts';
import { readCurves } from '../../tui/screens/runs/runs-data.ts';
import { readTrain } from '../../tui/screens/train/train-data.ts';
import { newRun, noon } from '../store/rows.ts';
import { temporaryStore } from '../store/temporary.ts';

/** A run that was stopped, with one sample. */
function stoppedRun(store: Store, text: string, now: number): number {
  const lease = createRun(store, newRun, now);
  recordSample(store, lease, { step: 1, seed: '', text, temperature: 1 }, now);
  endRun(store, lease, { state: 'stopped' }, now);
  return lease.run;
}

/** The whole of a run. */
const all = { points: 10, zoomFrom: 0 };

describe('what is read of the runs', () => {
  test('the page of a run has its own samples, whichever runs are marked', () => {
    const store = temporaryStore();
    const [marked, open] = ['of the marked', 'of the open'].map((text) =>
      getRun(store, stoppedRun(store, text, noon), noon),
    );
    const { drawn, samples } = readCurves(store, marked ? [marked] : [], open, 10, 0);
    expect(drawn.map(({ run }) => run.id)).toEqual([marked?.id]);
    expect(samples.map(({ text }) => text)).toEqual(['of the open']);
  });

  test('an older run that was resumed stays in sight when it has ended', () => {
    const store = temporaryStore();
    const older = stoppedRun(store, '', noon);
    const newer = stoppedRun(store, '', noon + 1000);
    expect(readTrain(store, noon + 2000, null, all)?.run.id).toBe(newer);
    const lease = claimRun(store, older, noon + 3000);
    expect(readTrain(store, noon + 4000, null, all)?.run.id).toBe(older);
    endRun(store, lease, { state: 'failed', reason: 'no room' }, noon + 5000);
    expect(readTrain(store, noon + 6000, null, all)?.run).toMatchObject({
      id: older,
      state: 'failed',
    });
  });
});

test("the end of the bot's log is read in whole lines, with the time of this place", () => {
  vi.stubEnv('TZ', 'America/Sao_Paulo');
  onTestFinished(() => void vi.unstubAllEnvs());
  const here = '09:00:05';
  const store = temporaryStore();
  expect(botLog(store, 9)).toEqual([]);
  const entry = (msg: string, level = 'info') =>
    `${JSON.stringify({ level, time: '2026-01-02T12:00:05.000Z', msg })}\n`;
  const long = entry('é'.repeat(1000)).repeat(40);
  writeFileSync(botLogPath(store), `${long}${entry('ready')}a crash {\n${entry('slow', 'warn')}`);
  expect(botLog(store, 3)).toEqual([`${here}  ready`, 'a crash {', `${here}  warn: slow`]);
  for (const row of botLog(store, 99).slice(0, -3))
    expect(row).toBe(`${here}  ${'é'.repeat(1000)}`);
});

describe('a training that is started', () => {
  /** Waits until a start is over one way or the other. */
  async function over(trainings: Trainings): Promise<void> {
    while (isPending(trainings.pending())) {
      const changed = Promise.withResolvers<void>();
      const unsubscribe = trainings.subscribe(changed.resolve);
      await changed.promise;
      unsubscribe();
    }
  }

  test('and cannot begin says why until it is taken note of, and keeps no other from beginning', async () => {
    const trainings = new Trainings(temporaryStore(), Date.now);
    trainings.resume(41);
    expect(trainings.pending()).toEqual({ what: 'run 41', run: 41 });
    expect(() => trainings.resume(42)).toThrow('Another training is starting: run 41.');
    trainings.dismiss();
    expect(trainings.pending()?.run).toBe(41);
    await over(trainings);
    expect(trainings.pending()?.failure).toContain('There is no run 41.');
    trainings.resume(42);
    await over(trainings);
    expect(trainings.pending()?.failure).toContain('There is no run 42.');
    trainings.dismiss();
    expect(trainings.pending()).toBeUndefined();
  });

  test('and ends well before anybody looked has not failed', async () => {
    const trainings = new Trainings(temporaryStore(), Date.now);
    trainings.train('what ends at once', ['runs']);
    await over(trainings);
    expect(trainings.pending()).toBeUndefined();
  });
});
