import { setImmediate as nextTurn } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { BadInput, EscribaError } from '../../src/errors.ts';
import type { Handlers } from '../../src/threads/messages.ts';
import { serveThread } from '../../src/threads/serve.ts';

// A thread for the tests.

const happened: string[] = [];

const handlers = {
  async given(): Promise<unknown> {
    return workerData;
  },
  async happened(): Promise<readonly string[]> {
    return happened;
  },
  async double(number: number): Promise<number> {
    return 2 * number;
  },
  async fail(kind: 'bad input' | 'failure' | 'defect' | 'text'): Promise<void> {
    if (kind === 'bad input') throw new BadInput('The name "x" is bad.', 'Choose another.');
    if (kind === 'failure') throw new EscribaError('It failed.', 'Mend it.', { exitCode: 2 });
    if (kind === 'text') throw 'a text';
    throw new RangeError('too far');
  },
  async *countTo(last: number): AsyncGenerator<number, void, void> {
    try {
      for (let number = 1; number <= last; number++) yield number;
      if (last === 3) throw new BadInput('There is no four.', 'Stop at three.');
    } finally {
      happened.push(`counted to ${last}`);
    }
  },
  async slow(name: string): Promise<void> {
    happened.push(`${name} begins`);
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    happened.push(`${name} ends`);
  },
  /** Until nobody waits for it. */
  async *endless(_: undefined, signal: AbortSignal): AsyncGenerator<string, void, void> {
    yield 'begun';
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    happened.push('cancelled');
  },
  async die(reason: string): Promise<void> {
    setImmediate(() => {
      throw new Error(reason);
    });
    await new Promise(() => {});
  },
} satisfies Handlers;

export type TestHandlers = typeof handlers;

serveThread(handlers, { inOrder: workerData === 'in order' });
