import { describe, expect, onTestFinished, test } from 'vitest';
import { BadInput, EscribaError } from '../../src/errors.ts';
import { ThreadClient, threadFile } from '../../src/threads/client.ts';
import type { TestHandlers } from './thread.ts';

function start(data: unknown = null): ThreadClient<TestHandlers> {
  const thread = new ThreadClient<TestHandlers>(threadFile(import.meta.url, './thread'), {
    purpose: 'is tried',
    data,
  });
  onTestFinished(() => thread.close());
  return thread;
}

async function outcome(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    return error;
  }
}

describe('a thread', () => {
  test('answers each of many calls with what belongs to it', async () => {
    const thread = start({ number: 3 });
    const numbers = [5, 1, 4];
    const doubled = await Promise.all(numbers.map((number) => thread.call('double', number)));
    expect(doubled).toEqual([10, 2, 8]);
    expect(await thread.call('given')).toEqual({ number: 3 });
  });

  test('gives pieces in order, then what went wrong', async () => {
    const pieces: number[] = [];
    const reading = async () => {
      for await (const piece of start().stream('countTo', 3)) pieces.push(piece);
    };
    await expect(reading()).rejects.toThrow('There is no four.');
    expect(pieces).toEqual([1, 2, 3]);
  });

  test('carries errors whole, with where they come from', async () => {
    const thread = start();
    const bad = await outcome(thread.call('fail', 'bad input'));
    expect(bad).toBeInstanceOf(BadInput);
    expect(bad).toMatchObject({
      message: 'The name "x" is bad.',
      remedy: 'Choose another.',
      exitCode: 2,
      cause: { stack: expect.stringContaining('test/threads/thread.ts') },
    });
    const failure = await outcome(thread.call('fail', 'failure'));
    expect(failure).toBeInstanceOf(EscribaError);
    expect(failure).not.toBeInstanceOf(BadInput);
    expect(failure).toMatchObject({ message: 'It failed.', remedy: 'Mend it.', exitCode: 2 });
    const defect = await outcome(thread.call('fail', 'defect'));
    expect(defect).not.toBeInstanceOf(EscribaError);
    expect(defect).toMatchObject({
      message: 'too far',
      cause: { stack: expect.stringMatching(/^RangeError: too far\n.*test\/threads\/thread\.ts/s) },
    });
    expect(await outcome(thread.call('fail', 'text'))).toMatchObject({ message: 'a text' });
  });

  test('stops what nobody reads any more', async () => {
    const thread = start();
    for await (const piece of thread.stream('endless', undefined)) {
      expect(piece).toBe('begun');
      break;
    }
    for await (const number of thread.stream('countTo', 1_000)) if (number === 2) break;
    let happened: readonly string[] = [];
    while (happened.length < 2) happened = await thread.call('happened');
    expect([...happened].sort()).toEqual(['cancelled', 'counted to 1000']);
  });

  test('takes one call after the other where it is told to, and else all at once', async () => {
    const happened = async (thread: ThreadClient<TestHandlers>) => {
      await Promise.all(['first', 'second'].map((name) => thread.call('slow', name)));
      return thread.call('happened');
    };
    expect(await happened(start('in order'))).toEqual([
      ...['first begins', 'first ends', 'second begins', 'second ends'],
    ]);
    expect((await happened(start())).slice(0, 2)).toEqual(['first begins', 'second begins']);
  });

  test('that dies fails all that was asked of it, and says why', async () => {
    const thread = start();
    const pieces = thread.stream('endless', undefined);
    await pieces.next();
    const [died, reading, waiting] = await Promise.all(
      [thread.call('die', 'the thread is ill'), pieces.next(), thread.call('slow', 'long')].map(
        outcome,
      ),
    );
    for (const error of [died, reading, waiting, await outcome(thread.call('double', 1))]) {
      expect(error).toBeInstanceOf(EscribaError);
      expect(error).toMatchObject({
        message: 'The thread that is tried ended unexpectedly.',
        remedy: 'Try again.',
        cause: { message: 'the thread is ill' },
      });
    }
    expect(thread.hasEnded).toBe(true);
  });

  // As Node says it where a thread can no longer read its own files.
  test.each(['Worker initialization failure: EMFILE', 'Cannot read x.json: too many open files'])(
    'that the system ends (%s) says what a person can mend',
    async (reason) => {
      expect(await outcome(start().call('die', reason))).toMatchObject({
        message:
          'The thread that is tried ended: this process has too many files open (see `ulimit -n`).',
        remedy: 'Fix that and try again.',
      });
    },
  );

  test('is closed once it is done with the step that it is at, and fails what is under way', async () => {
    const thread = start();
    const pieces = thread.stream('endless', undefined);
    await pieces.next();
    const reading = outcome(pieces.next());
    await Promise.all([thread.close(), thread.close()]);
    expect(await reading).toMatchObject({ message: 'The thread that is tried ended.' });
    await expect(thread.call('double', 1)).rejects.toThrow('The thread that is tried ended.');
  });
});
