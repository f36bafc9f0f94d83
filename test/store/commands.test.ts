import { expect, test } from 'vitest';
import { sendCommand, type TrainingCommand, takeCommands } from '../../src/store/commands.ts';
import { createRun, endRun } from '../../src/store/run-lifecycle.ts';
import { newRun, noon } from './rows.ts';
import { temporaryStore } from './temporary.ts';

test('a training is given what it was asked, once each and in order, and nothing of another', () => {
  const store = temporaryStore();
  const one = createRun(store, newRun, noon);
  const other = createRun(store, newRun, noon);
  const asked: TrainingCommand[] = [
    { command: 'sample', seed: 'Henrique "\'' },
    { command: 'pause' },
    { command: 'resume' },
  ];
  for (const command of asked) sendCommand(store, one.run, command, noon);
  sendCommand(store, other.run, { command: 'checkpoint' }, noon);

  expect(takeCommands(store, one, noon)).toEqual(asked);
  expect(takeCommands(store, one, noon)).toEqual([]);
  sendCommand(store, one.run, { command: 'stop' }, noon);
  expect(takeCommands(store, one, noon)).toEqual([{ command: 'stop' }]);
  expect(takeCommands(store, other, noon)).toEqual([{ command: 'checkpoint' }]);
});

test('nothing is asked of a run that no process trains', () => {
  const store = temporaryStore();
  const lease = createRun(store, newRun, noon);
  expect(() => sendCommand(store, lease.run, { command: 'stop' }, noon + 60_000)).toThrow(
    'Run 1 is not in training (died).',
  );
  endRun(store, lease, { state: 'stopped' }, noon);
  expect(() => sendCommand(store, lease.run, { command: 'stop' }, noon)).toThrow(
    'Run 1 is not in training (stopped).',
  );
  expect(() => sendCommand(store, 8, { command: 'stop' }, noon)).toThrow('There is no run 8.');
});
