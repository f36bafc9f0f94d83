import { toOnnx } from '../../graph/onnx/lower.ts';
import { type Tensor as GraphTensor, inOrder } from '../../graph/tensor.ts';
import { elements } from '../../network/parameters.ts';
import { InferenceSession, Tensor } from './runtime.ts';
import { nativeCodeTakesShared } from './shared-arrays.ts';

/**
 * The options of every session. Not `set_denormal_as_zero`: the runtime sets it on the thread of a process's first
 * session only, so that which of the engine's threads computes differently would be a matter of luck.
 */
export function sessionOptions(
  threads: number,
  { spinning = false } = {},
): InferenceSession.SessionOptions {
  return {
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // The pattern of all allocations at once takes half as much memory again, and is no faster.
    enableMemPattern: false,
    extra: {
      session: {
        // Threads that wait in a loop for the next operation take the processor from what else computes.
        intra_op: { allow_spinning: spinning ? '1' : '0' },
      },
    },
  };
}

/** A graph ready to run, over arrays that stay where they are: what is written into them is what the next run reads. */
export class GraphSession {
  readonly #session: InferenceSession;
  readonly #inputs = new Map<string, Float32Array>();
  readonly #ids = new Map<string, BigInt64Array>();
  readonly #results = new Map<string, Float32Array>();
  readonly #feeds: Record<string, Tensor> = {};
  readonly #fetches: Record<string, Tensor> = {};
  /** Copies of what the runtime cannot reach, made before a run and after it. */
  readonly #before: (() => void)[] = [];
  readonly #after: (() => void)[] = [];

  private constructor(
    session: InferenceSession,
    results: Readonly<Record<string, GraphTensor>>,
    arrays: Readonly<Record<string, Float32Array>>,
    takesShared: boolean,
  ) {
    this.#session = session;
    /** An array, and the one that the runtime has in its place. */
    const place = (name: string, shape: readonly number[]) => {
      const array = arrays[name] ?? new Float32Array(elements(shape));
      const isReached = takesShared || !(array.buffer instanceof SharedArrayBuffer);
      return { array, reached: isReached ? array : new Float32Array(array.length) };
    };
    for (const { operation, shape, type } of inOrder(Object.values(results))) {
      if (operation.kind !== 'input') continue;
      const { name } = operation;
      if (type === 'int64') {
        const ids = new BigInt64Array(elements(shape));
        this.#ids.set(name, ids);
        this.#feeds[name] = new Tensor('int64', ids, shape);
        continue;
      }
      const { array, reached } = place(name, shape);
      this.#inputs.set(name, array);
      this.#feeds[name] = new Tensor('float32', reached, shape);
      if (reached !== array) this.#before.push(() => reached.set(array));
    }
    for (const [name, { shape }] of Object.entries(results)) {
      const { array, reached } = place(name, shape);
      this.#results.set(name, array);
      this.#fetches[name] = new Tensor('float32', reached, shape);
      if (reached !== array) this.#after.push(() => array.set(reached));
    }
  }

  /**
   * Inputs and results that `arrays` names lie there, the others in arrays of the session's own.
   *
   * @param takesShared whether the runtime reaches arrays in shared memory; else they are copied at every run
   */
  static async create(
    results: Readonly<Record<string, GraphTensor>>,
    arrays: Readonly<Record<string, Float32Array>>,
    threads: number,
    takesShared = nativeCodeTakesShared(),
  ): Promise<GraphSession> {
    const session = await InferenceSession.create(toOnnx(results), sessionOptions(threads));
    return new GraphSession(session, results, arrays, takesShared);
  }

  input(name: string): Float32Array {
    return known(this.#inputs.get(name), name);
  }

  ids(name: string): BigInt64Array {
    return known(this.#ids.get(name), name);
  }

  result(name: string): Float32Array {
    return known(this.#results.get(name), name);
  }

  async run(): Promise<void> {
    for (const copy of this.#before) copy();
    const copies = await this.#session.run(this.#feeds, this.#fetches);
    for (const copy of this.#after) copy();
    // The runtime also hands out a copy of every result. Left to the collector, they would keep it at work all the
    // time beside the training.
    for (const [name, { data }] of Object.entries(copies)) {
      const given = this.#fetches[name]?.data;
      if (!(data instanceof Float32Array && given instanceof Float32Array)) continue;
      if (data.buffer !== given.buffer && data.buffer instanceof ArrayBuffer) {
        data.buffer.transfer(0);
      }
    }
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function known<T>(array: T | undefined, name: string): T {
  if (array === undefined) throw new TypeError(`the graph has no "${name}"`);
  return array;
}
