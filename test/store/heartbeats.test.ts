import { expect, test } from 'vitest';
import {
  beat,
  claimHeartbeat,
  findHeartbeat,
  listHeartbeats,
  releaseHeartbeat,
} from '../../src/store/heartbeats.ts';
import { processesHere } from '../../src/store/processes.ts';
import { noon } from './rows.ts';
import { temporaryStore } from './temporary.ts';

const elsewhere = { ...processesHere, host: 'elsewhere' };

test('a second process is refused a name while the heart of the first one beats', () => {
  const first = temporaryStore();
  const second = temporaryStore({ processes: elsewhere }, first.path);
  const lease = claimHeartbeat(first, 'bot', { servers: 2 }, noon);
  beat(first, lease, noon + 9_000);
  expect(() => claimHeartbeat(second, 'bot', {}, noon + 18_000)).toThrow(
    `The bot is already running: process ${process.pid} on ${processesHere.host}.`,
  );

  const taken = claimHeartbeat(second, 'bot', {}, noon + 20_000);
  expect(() => beat(first, lease, noon + 20_000)).toThrow(/bot no longer belongs to this process/);
  releaseHeartbeat(first, lease);
  expect(findHeartbeat(first, 'bot', noon + 20_000)).toMatchObject({ host: 'elsewhere' });
  releaseHeartbeat(second, taken);
  expect(findHeartbeat(first, 'bot', noon + 20_000)).toBeUndefined();
});

test('what a process says of itself is read beside its heartbeat', () => {
  const store = temporaryStore();
  const lease = claimHeartbeat(store, 'bot', { servers: 2 }, noon);
  claimHeartbeat(store, 'another', {}, noon);
  const process = { pid: processesHere.pid, host: processesHere.host };
  const bot = { name: 'bot', ...process, at: noon, info: { servers: 2 }, alive: true };
  expect(findHeartbeat(store, 'bot', noon)).toEqual(bot);
  beat(store, lease, noon + 1);
  expect(findHeartbeat(store, 'bot', noon)).toEqual({ ...bot, at: noon + 1 });
  beat(store, lease, noon + 2, { servers: 3 });
  expect(listHeartbeats(store, noon + 60_001)).toEqual([
    { name: 'another', ...process, at: noon, info: {}, alive: false },
    { ...bot, at: noon + 2, info: { servers: 3 } },
  ]);
});

test('a process that has the number of one that died, as in a container begun anew, is not that one', () => {
  const died = temporaryStore();
  claimHeartbeat(died, 'bot', {}, noon);
  const anew = temporaryStore({ processes: { ...processesHere, began: noon + 1000 } }, died.path);
  expect(findHeartbeat(anew, 'bot', noon + 2000)?.alive).toBe(false);
  const lease = claimHeartbeat(anew, 'bot', {}, noon + 2000);
  expect(() => claimHeartbeat(anew, 'bot', {}, noon + 2000)).toThrow('already running');
  releaseHeartbeat(anew, lease);
});

test('a heartbeat from the future is as old as one from long ago', () => {
  const store = temporaryStore();
  const ahead = temporaryStore({ processes: elsewhere }, store.path);
  claimHeartbeat(ahead, 'bot', {}, noon + 24 * 3_600_000);
  expect(findHeartbeat(store, 'bot', noon)?.alive).toBe(false);
  const lease = claimHeartbeat(store, 'bot', {}, noon);
  // A clock that is a few seconds ahead is no reason to take a process for dead.
  beat(store, lease, noon + 5000);
  expect(findHeartbeat(ahead, 'bot', noon)?.alive).toBe(true);
});
