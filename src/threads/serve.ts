import { parentPort } from 'node:worker_threads';
import { carryError, type FromThread, type Handlers, type ToThread } from './messages.ts';

export interface ServeOptions {
  /** Lets go of what the handlers hold, once nothing is computed any more. */
  readonly close?: () => Promise<void>;
  /** Whether a call waits for the one before. @default false */
  readonly inOrder?: boolean;
}

/**
 * Answers the calls of the `ThreadClient` that started this thread, until it is closed. Each handler is given its
 * input, and a signal that is aborted when nobody waits for it any more.
 */
export function serveThread(handlers: Handlers, options: ServeOptions = {}): void {
  const { close = async () => {}, inOrder = false } = options;
  const port = parentPort;
  if (!port) throw new TypeError('this is not a thread');
  const calls = new Map<number, AbortController>();
  const underWay = new Set<Promise<void>>();
  let isEnding = false;
  let last: Promise<void> = Promise.resolve();

  const send = (message: FromThread) => {
    // What an end cuts short is no answer.
    if (!isEnding) port.postMessage(message);
  };

  const answer = async (call: number, name: string, input: never, signal: AbortSignal) => {
    try {
      const handler = handlers[name];
      if (!handler) throw new TypeError(`the thread has no "${name}"`);
      if (signal.aborted) return;
      const answered = handler(input, signal);
      if (answered instanceof Promise) {
        send({ call, result: await answered });
        return;
      }
      for await (const piece of answered) {
        if (signal.aborted) break;
        send({ call, piece });
      }
      send({ call, result: undefined });
    } catch (error) {
      send({ call, error: carryError(error) });
    }
  };

  /**
   * Lets the thread run out. Broken off in the middle of a native call, or by `process.exit()`, it can take the whole
   * process along.
   */
  const end = async () => {
    isEnding = true;
    for (const controller of calls.values()) controller.abort();
    await Promise.all(underWay);
    await close();
    port.close();
  };

  port.on('message', (message: ToThread<never>) => {
    if ('end' in message) void end();
    else if ('cancel' in message) calls.get(message.cancel)?.abort();
    else {
      const { call, name, input } = message;
      const controller = new AbortController();
      const run = () => answer(call, name, input, controller.signal);
      const answered = inOrder ? last.then(run) : run();
      last = answered;
      calls.set(call, controller);
      underWay.add(answered);
      void answered.then(() => {
        calls.delete(call);
        underWay.delete(answered);
      });
    }
  });
}
