import { workerData } from 'node:worker_threads';
import { onnxEngine } from '../../engine/onnx/engine.ts';
import { EscribaError } from '../../errors.ts';
import type { Handlers } from '../../threads/messages.ts';
import { serveThread } from '../../threads/serve.ts';
import { QuoteIndex } from '../quotes.ts';
import type { WriteRequest } from '../write-request.ts';
import { type CarriedNetwork, ServedNetwork } from './served-network.ts';

// The thread in which all texts are written and scored.

/** Milliseconds between two pieces of the same text: a message for each character would cost more than drawing it. */
const pieceEvery = 25;

const threads: number = workerData;
const networks = new Map<number, Promise<ServedNetwork>>();
const sources = new Map<string, Promise<QuoteIndex | null>>();

const handlers = {
  async load(network: CarriedNetwork): Promise<void> {
    const opening = ServedNetwork.open(onnxEngine, network, threads);
    networks.set(network.id, opening);
    await opening;
  },

  async unload(id: number): Promise<void> {
    const network = networks.get(id);
    networks.delete(id);
    await (await network)?.retire();
  },

  async *write({ id, request }: { readonly id: number; readonly request: WriteRequest }) {
    const network = await networkOf(id);
    let piece = '';
    let sentAt = performance.now();
    for await (const drawn of network.write(request)) {
      piece += drawn;
      if (performance.now() - sentAt < pieceEvery) continue;
      yield piece;
      piece = '';
      sentAt = performance.now();
    }
    if (piece !== '') yield piece;
  },

  async score({ id, text }: { readonly id: number; readonly text: string }) {
    return (await networkOf(id)).score(text);
  },

  async addSource({ name, text }: { readonly name: string; readonly text: string }): Promise<void> {
    const index = QuoteIndex.build(text);
    sources.set(name, index);
    await index;
  },

  async longestQuote({ source, text }: { readonly source: string; readonly text: string }) {
    return (await sources.get(source))?.longest(text) ?? null;
  },
} satisfies Handlers;

export type WritingHandlers = typeof handlers;

serveThread(handlers, {
  async close() {
    for (const opened of await Promise.allSettled(networks.values())) {
      if (opened.status === 'fulfilled') await opened.value.retire();
    }
  },
});

function networkOf(id: number): Promise<ServedNetwork> {
  const network = networks.get(id);
  if (network) return network;
  throw new EscribaError('The network is no longer in memory.', 'Try again.');
}
