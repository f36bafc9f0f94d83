import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { onnxEngine } from '../../engine/onnx/engine.ts';
import { EscribaError } from '../../errors.ts';
import { QuoteIndex } from '../quotes.ts';
import type { WriteRequest } from '../writer.ts';
import type { FromThread, Task, TaskResult, ToThread } from './messages.ts';
import { ServedNetwork } from './served-network.ts';

// The thread in which all texts are written and scored.

/** Milliseconds between two messages of the same text: one for each character would cost more than drawing it. */
const textEvery = 25;

const threads: number = workerData.threads;
const networks = new Map<number, Promise<ServedNetwork>>();
const sources = new Map<string, Promise<QuoteIndex | null>>();
const underWay = new Set<number>();
let ending = false;
const cancelled = new Set<number>();

parentPort?.on('message', (message: ToThread) => {
  if ('end' in message) void end();
  else if ('cancel' in message) cancelled.add(message.call);
  else void answer(message.call, message.task);
});

/**
 * Lets the thread run out once nothing is computed any more and everything is let go of. Broken off in the middle of a
 * step, or by `process.exit()`, it can take the whole process along.
 */
async function end(): Promise<void> {
  ending = true;
  while (underWay.size > 0) {
    for (const call of underWay) cancelled.add(call);
    await turn();
  }
  for (const opened of await Promise.allSettled(networks.values())) {
    if (opened.status === 'fulfilled') await opened.value.retire();
  }
  parentPort?.close();
}

async function answer(call: number, task: Task): Promise<void> {
  underWay.add(call);
  try {
    send({ call, type: 'done', result: await perform(call, task) });
  } catch (error) {
    const remedy = error instanceof EscribaError ? error.remedy : null;
    const message = error instanceof Error ? error.message : String(error);
    send({ call, type: 'failed', message, remedy });
  } finally {
    cancelled.delete(call);
    underWay.delete(call);
  }
}

async function perform(call: number, task: Task): Promise<TaskResult> {
  switch (task.type) {
    case 'load':
      networks.set(task.model.id, ServedNetwork.open(onnxEngine, task.model, threads));
      await networks.get(task.model.id);
      return null;
    case 'unload': {
      const network = networks.get(task.model);
      networks.delete(task.model);
      await (await network)?.retire();
      return null;
    }
    case 'write':
      await write(call, await networkOf(task.model), task.request);
      return null;
    case 'score':
      return (await networkOf(task.model)).score(task.text);
    case 'source':
      sources.set(task.name, QuoteIndex.build(task.text));
      await sources.get(task.name);
      return null;
    case 'quote':
      return (await sources.get(task.source))?.longest(task.text) ?? null;
  }
}

async function write(call: number, network: ServedNetwork, request: WriteRequest): Promise<void> {
  let unsent = '';
  let sentAt = performance.now();
  for await (const drawn of network.write(request)) {
    if (cancelled.has(call)) return;
    unsent += drawn;
    if (performance.now() - sentAt < textEvery) continue;
    send({ call, type: 'text', text: unsent });
    unsent = '';
    sentAt = performance.now();
  }
  if (unsent !== '') send({ call, type: 'text', text: unsent });
}

function networkOf(id: number): Promise<ServedNetwork> {
  const network = networks.get(id);
  if (network) return network;
  throw new EscribaError('The network is no longer in memory.', 'Try again.');
}

function send(message: FromThread): void {
  // What an end cuts short is no answer.
  if (!ending) parentPort?.postMessage(message);
}
