import type { States, Stepper, StepperSetup } from '../../../src/engine/engine.ts';
import { onnxEngine } from '../../../src/engine/onnx/engine.ts';
import type { Handlers } from '../../../src/threads/messages.ts';
import { serveThread } from '../../../src/threads/serve.ts';
import type { Frame } from './frame.ts';

// The thread in which a network is stepped through: a step blocks the thread that it runs in.

let stepper: Stepper | undefined;
let states: States | undefined;

const handlers = {
  /** Takes a network in the place of the one before. */
  async open({ config, weights }: Pick<StepperSetup, 'config' | 'weights'>): Promise<void> {
    await stepper?.close();
    stepper = await onnxEngine.stepper({ config, weights, threads: 1, gates: true });
  },

  /** A step from the hidden state that the last one left, or from zero. */
  async step({ input, fresh }: { readonly input: number; readonly fresh: boolean }) {
    if (!stepper) throw new TypeError('no network was opened');
    const result = await stepper.step(Int32Array.of(input), fresh ? undefined : states);
    states = result.states;
    return { input, ...result } satisfies Frame;
  },
} satisfies Handlers;

export type SteppingHandlers = typeof handlers;

serveThread(handlers, {
  inOrder: true,
  async close() {
    await stepper?.close();
  },
});
