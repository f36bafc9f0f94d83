import { toOnnx } from '../../graph/onnx/lower.ts';
import { type Tensor as GraphTensor, inOrder } from '../../graph/tensor.ts';
import { elements } from '../../network/parameters.ts';
import { InferenceSession, Tensor } from './runtime.ts';

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
  readonly #feeds: Record<string, Tensor> = {};
  readonly #fetches: Record<string, Tensor> = {};

  private constructor(
    session: InferenceSession,
    results: Readonly<Record<string, GraphTensor>>,
    arrays: Readonly<Record<string, Float32Array>>,
  ) {
    this.#session = session;
    const tensor = (name: string, { shape, type }: GraphTensor) =>
      type === 'int64'
        ? new Tensor('int64', new BigInt64Array(elements(shape)), shape)
        : new Tensor('float32', arrays[name] ?? new Float32Array(elements(shape)), shape);
    for (const symbol of inOrder(Object.values(results))) {
      if (symbol.operation.kind !== 'input') continue;
      const { name } = symbol.operation;
      this.#feeds[name] = tensor(name, symbol);
    }
    for (const [name, symbol] of Object.entries(results))
      this.#fetches[name] = tensor(name, symbol);
  }

  /** Inputs and results that `arrays` names lie there, the others in arrays of the session's own. */
  static async create(
    results: Readonly<Record<string, GraphTensor>>,
    arrays: Readonly<Record<string, Float32Array>>,
    threads: number,
  ): Promise<GraphSession> {
    const session = await InferenceSession.create(toOnnx(results), sessionOptions(threads));
    return new GraphSession(session, results, arrays);
  }

  input(name: string): Float32Array {
    return floats(this.#feeds[name], name);
  }

  ids(name: string): BigInt64Array {
    const data = this.#feeds[name]?.data;
    if (!(data instanceof BigInt64Array)) throw new TypeError(`the graph takes no ids "${name}"`);
    return data;
  }

  result(name: string): Float32Array {
    return floats(this.#fetches[name], name);
  }

  async run(): Promise<void> {
    const copies = await this.#session.run(this.#feeds, this.#fetches);
    // The runtime also hands out a copy of every result. Left to the collector, they would keep it at work all the
    // time beside the training.
    for (const [name, { data }] of Object.entries(copies)) {
      const isCopy =
        data instanceof Float32Array && data.buffer !== floats(this.#fetches[name], name).buffer;
      if (isCopy && data.buffer instanceof ArrayBuffer) data.buffer.transfer(0);
    }
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function floats(tensor: Tensor | undefined, name: string): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError(`the graph has no "${name}"`);
  return tensor.data;
}
