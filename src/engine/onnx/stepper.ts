import { stateShapes } from '../../network/parameters.ts';
import { type StepModelOptions, stepModelFile } from '../../network/step-model.ts';
import { tensorNames } from '../../network/training-graph.ts';
import type { States, StepOutput, Stepper, StepperSetup } from '../engine.ts';
import { InferenceSession, Tensor } from './runtime.ts';
import { sessionOptions } from './session.ts';

/** What computes a step model's file. */
export interface StepSession {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  close(): Promise<void>;
}

/**
 * Steps with the weights as constants, which the runtime packs once for its products by rows. A row's sums go in
 * the same order whatever the number of rows, so what shares a batch changes nothing.
 */
export function onnxStepper(setup: StepperSetup): Promise<Stepper> {
  return stepperOn(setup, async (file) => {
    // A step is a few products of microseconds: waking a thread for each would take longer than they do.
    const options = sessionOptions(setup.threads, { spinning: true });
    const session = await InferenceSession.create(file, options);
    return { run: (feeds) => session.run(feeds), close: () => session.release() };
  });
}

/** Steps with what opens files. */
export async function stepperOn(
  setup: StepperSetup,
  open: (file: Uint8Array) => Promise<StepSession>,
): Promise<Stepper> {
  return new OnnxStepper(setup, open, await open(stepFile(setup, 'ids')));
}

function stepFile(
  { config, weights, gates = false, quantized = false }: StepperSetup,
  takes: NonNullable<StepModelOptions['takes']>,
): Uint8Array {
  return stepModelFile(config, weights, { takes, gates, quantized: quantized && canQuantize });
}

/** Where products of eight bits were measured to be the faster ones. */
const canQuantize = process.arch === 'x64';

class OnnxStepper implements Stepper {
  readonly #setup: StepperSetup;
  readonly #open: (file: Uint8Array) => Promise<StepSession>;
  readonly #byId: StepSession;
  #byWeights: Promise<StepSession> | undefined;

  constructor(
    setup: StepperSetup,
    open: (file: Uint8Array) => Promise<StepSession>,
    byId: StepSession,
  ) {
    this.#setup = setup;
    this.#open = open;
    this.#byId = byId;
  }

  async step(
    characters: Int32Array | Float32Array,
    states: States | undefined,
  ): Promise<StepOutput> {
    const { vocabularySize, hidden } = this.#setup.config;
    const byId = characters instanceof Int32Array;
    const rows = byId ? characters.length : characters.length / vocabularySize;
    const feeds: Record<string, Tensor> = byId
      ? { ids: new Tensor('int64', BigInt64Array.from(characters, BigInt), [rows]) }
      : { weights: new Tensor('float32', characters, [rows, vocabularySize]) };
    const stateNames = stateShapes(this.#setup.config, rows).map(({ name }) => name);
    for (const name of stateNames) {
      const state = states?.[name] ?? new Float32Array(rows * hidden);
      feeds[name] = new Tensor('float32', state, [rows, hidden]);
    }
    const session = byId ? this.#byId : await this.#sessionByWeights();
    const results = await session.run(feeds);
    const next: Record<string, Float32Array> = {};
    const gates: Record<string, Float32Array> = {};
    for (const name of stateNames) next[name] = floats(results, tensorNames.next(name));
    for (const name of Object.keys(results)) {
      if (name !== 'logits' && !name.startsWith('next.')) gates[name] = floats(results, name);
    }
    return { logits: floats(results, 'logits'), states: next, gates };
  }

  async close(): Promise<void> {
    await this.#byId.close();
    await (await this.#byWeights)?.close();
  }

  #sessionByWeights(): Promise<StepSession> {
    this.#byWeights ??= this.#open(stepFile(this.#setup, 'weights')).catch((error: unknown) => {
      this.#byWeights = undefined;
      throw error;
    });
    return this.#byWeights;
  }
}

function floats(results: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const data = results[name]?.data;
  if (!(data instanceof Float32Array)) throw new TypeError(`the step gave no "${name}"`);
  return data;
}
