import { type Attributes, type Kernel, kernelOf } from './kernels.ts';
import { at, type Tensor, type TensorFlow, type Tensors } from './tensorflow.ts';

/** The place of a value in a plan. */
export type Slot = number;

interface Call {
  readonly kernel: Kernel;
  readonly inputs: Readonly<Record<string, Slot>> | readonly Slot[];
  readonly attributes: Attributes;
  readonly outputs: readonly Slot[];
}

/** Kernel calls in their order. A value is disposed of after the last call that reads it. */
export class Plan {
  readonly #tf: TensorFlow;
  readonly #kernels = new Map<string, Kernel>();
  readonly #once = new Map<string, readonly Slot[]>();
  readonly #calls: Call[] = [];
  #slots = 0;

  constructor(tf: TensorFlow) {
    this.#tf = tf;
  }

  /** A place for a value given from outside. */
  input(): Slot {
    return this.#slots++;
  }

  /** Calls a kernel of one output. */
  call(kernel: string, inputs: Call['inputs'], attributes: Attributes = {}): Slot {
    const [output = 0] = this.callAll(kernel, inputs, attributes, 1);
    return output;
  }

  callAll(
    kernel: string,
    inputs: Call['inputs'],
    attributes: Attributes,
    count: number,
  ): readonly Slot[] {
    const outputs = Array.from({ length: count }, () => this.#slots++);
    this.#calls.push({ kernel: this.#kernel(kernel), inputs, attributes, outputs });
    return outputs;
  }

  /** Values computed once, however often they are asked for. */
  once(key: string, make: () => readonly Slot[]): readonly Slot[] {
    const slots = this.#once.get(key) ?? make();
    this.#once.set(key, slots);
    return slots;
  }

  /**
   * A function from the inputs' tensors, which stay the caller's, to the results', which become the caller's. No result
   * may be an input, or two results one value.
   */
  compile(
    inputs: Readonly<Record<string, Slot>>,
    results: Readonly<Record<string, Slot>>,
  ): (given: Tensors) => Tensors {
    const calls = withLastReads(this.#calls, [...Object.values(inputs), ...Object.values(results)]);
    const names = Object.entries(inputs);
    const length = this.#slots;
    return (given) => {
      const values = new Array<Tensor | undefined>(length);
      const read = (slot: Slot): Tensor => {
        const value = values[slot];
        if (!value) throw new TypeError('a value is read before it is computed');
        return value;
      };
      for (const [name, slot] of names) values[slot] = given[name];
      const own = new Set<Slot>();
      const dispose = (slot: Slot) => {
        values[slot]?.dispose();
        values[slot] = undefined;
        own.delete(slot);
      };
      try {
        for (const { kernel, inputs, attributes, outputs, unread } of calls) {
          const tensors = isList(inputs) ? inputs.map(read) : readAll(inputs, read);
          const made = kernel(tensors, attributes);
          outputs.forEach((slot, index) => {
            values[slot] = at(made, index);
            own.add(slot);
          });
          for (const slot of unread) dispose(slot);
        }
      } catch (error) {
        for (const slot of own) dispose(slot);
        throw error;
      }
      return readAll(results, read);
    };
  }

  #kernel(name: string): Kernel {
    const kernel = this.#kernels.get(name) ?? kernelOf(this.#tf, name);
    this.#kernels.set(name, kernel);
    return kernel;
  }
}

/** Each call with the values that nothing reads after it, but those to be kept. */
function withLastReads(
  calls: readonly Call[],
  kept: readonly Slot[],
): (Call & { readonly unread: readonly Slot[] })[] {
  const readLater = new Set(kept);
  return calls
    .toReversed()
    .map((call) => {
      const unread = [...Object.values(call.inputs), ...call.outputs].filter((slot) => {
        const isLast = !readLater.has(slot);
        readLater.add(slot);
        return isLast;
      });
      return { ...call, unread };
    })
    .reverse();
}

function readAll(slots: Readonly<Record<string, Slot>>, read: (slot: Slot) => Tensor): Tensors {
  const tensors: Record<string, Tensor> = {};
  for (const name in slots) {
    const slot = slots[name];
    if (slot !== undefined) tensors[name] = read(slot);
  }
  return tensors;
}

function isList(slots: Call['inputs']): slots is readonly Slot[] {
  return Array.isArray(slots);
}
