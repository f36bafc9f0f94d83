import { EscribaError } from '../../../errors.ts';
import { elements } from '../../../network/parameters.ts';
import { InferenceSession, Tensor } from '../runtime.ts';
import { sessionOptions } from '../session.ts';

/** Arrays on the card, or here on their way to it, by name. */
export type CardArrays = Readonly<Record<string, Tensor>>;

/** A file that the graphics card computes. */
export class CardSession {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /** @param stays the results that stay on the card; the others come back as arrays */
  static async create(file: Uint8Array, stays: readonly string[] = []): Promise<CardSession> {
    return new CardSession(
      await onCard(() =>
        InferenceSession.create(file, {
          ...sessionOptions(1),
          executionProviders: ['webgpu'],
          // Shapes are computed on the processor by design, which the runtime warns of.
          logSeverityLevel: 3,
          // What else it would fuse is for processors, and takes seconds for a loop's many steps.
          graphOptimizationLevel: 'basic',
          preferredOutputLocation: Object.fromEntries(
            stays.map((name) => [name, 'gpu-buffer'] as const),
          ),
        }),
      ),
    );
  }

  run(feeds: CardArrays): Promise<CardArrays> {
    return onCard(() => this.#session.run(feeds));
  }

  /** Only after everything that it left on the card was let go: the runtime crashes otherwise. */
  async close(): Promise<void> {
    await this.#session.release();
  }
}

/** An array of ours as a session takes it. */
export function floatTensor(data: Float32Array, shape: readonly number[]): Tensor {
  return new Tensor('float32', data, shape);
}

export function zeros(shape: readonly number[]): Tensor {
  return floatTensor(new Float32Array(elements(shape)), shape);
}

export function idsTensor(ids: Int32Array, shape: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(ids, BigInt), shape);
}

/** What came back of a result. @throws TypeError where it stayed on the card */
export function floatsOf(results: CardArrays, name: string): Float32Array {
  const tensor = results[name];
  // A tensor on the card throws when it is asked for its data.
  if (tensor?.location === 'cpu' && tensor.data instanceof Float32Array) return tensor.data;
  throw new TypeError(`the card gave no "${name}"`);
}

export function named(arrays: CardArrays, name: string): Tensor {
  const tensor = arrays[name];
  if (!tensor) throw new TypeError(`there is no "${name}" on the card`);
  return tensor;
}

/** Frees what arrays take of the card's memory. */
export function letGo(arrays: CardArrays): void {
  for (const tensor of Object.values(arrays))
    if (tensor.location === 'gpu-buffer') tensor.dispose();
}

/** @throws EscribaError in place of what the runtime throws where the card fails */
async function onCard<Result>(compute: () => Promise<Result>): Promise<Result> {
  try {
    return await compute();
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new EscribaError(
      `The graphics card failed: ${reason}`,
      'Try a smaller --batch or --hidden if it ran out of memory; --device cpu does without the card.',
      { cause },
    );
  }
}
