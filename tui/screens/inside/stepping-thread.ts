import { parentPort } from 'node:worker_threads';
import type { States, Stepper } from '../../../src/engine/engine.ts';
import { onnxEngine } from '../../../src/engine/onnx/engine.ts';
import type { Answer, Frame, Task, ToThread } from './frame.ts';

// The thread in which a network is stepped through: a step blocks the thread that it runs in.

let stepper: Stepper | undefined;
let states: States | undefined;
let before: Promise<void> = Promise.resolve();

parentPort?.on('message', (message: ToThread) => {
  if ('end' in message) {
    void end();
    return;
  }
  const { call, task } = message;
  before = before.then(async () => {
    let answer: Answer;
    try {
      answer = { call, frame: await perform(task) };
    } catch (error) {
      answer = { call, failure: error instanceof Error ? error.message : String(error) };
    }
    parentPort?.postMessage(answer);
  });
});

/** Lets the thread run out: broken off, in a step or by `process.exit()`, it can take the whole process along. */
async function end(): Promise<void> {
  await before;
  await stepper?.close();
  parentPort?.close();
}

async function perform(task: Task): Promise<Frame | null> {
  if (task.type === 'open') {
    await stepper?.close();
    stepper = await onnxEngine.stepper({ ...task.model, threads: 1, gates: true });
    return null;
  }
  if (!stepper) throw new TypeError('no network was opened');
  const result = await stepper.step(Int32Array.of(task.input), task.fresh ? undefined : states);
  states = result.states;
  return { input: task.input, ...result };
}
