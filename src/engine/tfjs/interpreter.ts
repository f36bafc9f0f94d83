import { bodyOf, type Tensor as GraphTensor, inOrder, type Loop } from '../../graph/tensor.ts';
import { flat } from './layout.ts';
import { operators } from './operators.ts';
import { Plan, type Slot } from './plan.ts';
import { named, type Tensor, type TensorFlow, type Tensors } from './tensorflow.ts';

/**
 * Computes a graph by TensorFlow's kernels, loops unrolled: what the network's graphs are to ONNX Runtime as a file they
 * are here as a plan of kernel calls, made once.
 */
export class Interpreter {
  readonly #tf: TensorFlow;
  readonly #shapes: Readonly<Record<string, readonly number[]>>;
  readonly #run: (given: Tensors) => Tensors;

  constructor(tf: TensorFlow, results: Readonly<Record<string, GraphTensor>>) {
    this.#tf = tf;
    const { inputs, run } = new Planner(tf).plan(results);
    this.#shapes = Object.fromEntries(inputs.map(([name, { shape }]) => [name, flat(shape)]));
    this.#run = run;
  }

  /** The names of what the graph is given. */
  get inputs(): readonly string[] {
    return Object.keys(this.#shapes);
  }

  /** A tensor of an input, which lies as `flat` has its shape; the caller disposes of it. */
  tensor(name: string, data: Float32Array | Int32Array): Tensor {
    const shape = this.#shapes[name];
    if (!shape) throw new TypeError(`the graph takes no "${name}"`);
    return this.#tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32');
  }

  /** The results by name, which the caller disposes of, from a tensor of every input. */
  run(given: Tensors): Tensors {
    for (const name of this.inputs) named(given, name);
    return this.#run(given);
  }
}

type Inputs = (readonly [name: string, symbol: GraphTensor])[];

class Planner {
  readonly #plan: Plan;
  readonly #slots = new Map<GraphTensor, Slot>();
  /** The matrices of a sequence, by time step. */
  readonly #steps = new Map<GraphTensor, readonly Slot[]>();
  readonly #loops = new Map<GraphTensor, LoopResults>();

  constructor(tf: TensorFlow) {
    this.#plan = new Plan(tf);
  }

  plan(results: Readonly<Record<string, GraphTensor>>): {
    readonly inputs: Inputs;
    readonly run: (given: Tensors) => Tensors;
  } {
    const inputs: Inputs = [];
    const inputSlots: Record<string, Slot> = {};
    for (const symbol of inOrder(Object.values(results))) {
      if (symbol.operation.kind === 'input') {
        const { name } = symbol.operation;
        inputs.push([name, symbol]);
        inputSlots[name] = this.#plan.input();
        this.#slots.set(symbol, inputSlots[name]);
      } else this.#compute(symbol);
    }
    const taken = new Set(Object.values(inputSlots));
    const resultSlots: Record<string, Slot> = {};
    for (const [name, symbol] of Object.entries(results)) {
      const slot = this.#slotOf(symbol);
      resultSlots[name] = taken.has(slot) ? this.#plan.call('Identity', { x: slot }) : slot;
      taken.add(slot);
    }
    return { inputs, run: this.#plan.compile(inputSlots, resultSlots) };
  }

  #compute(symbol: GraphTensor): void {
    const { operation } = symbol;
    switch (operation.kind) {
      case 'input':
        throw new TypeError(`"${operation.name}" is used outside the loop that gives it`);
      case 'recurrence':
        this.#unroll(symbol, operation.loop);
        break;
      case 'output':
        this.#output(symbol, operation.index);
        break;
      default: {
        const scope = { plan: this.#plan, slotOf: (x: GraphTensor) => this.#slotOf(x) };
        this.#slots.set(symbol, operators[operation.kind](symbol, scope));
      }
    }
  }

  /** Plans the body of a loop for each of its steps. */
  #unroll(node: GraphTensor, loop: Loop): void {
    const { steps, states, given, collected } = loop;
    const body = bodyOf(loop).filter(
      (symbol) => !given.includes(symbol) && !states.some(({ inside }) => inside === symbol),
    );
    const sequences = node.inputs.slice(states.length).map((sequence) => this.#stepsOf(sequence));
    let current = node.inputs.slice(0, states.length).map((initial) => this.#slotOf(initial));
    const found = collected.map((): Slot[] => []);
    for (let count = 0; count < steps; count++) {
      const time = loop.backwards ? steps - 1 - count : count;
      states.forEach(({ inside }, index) => {
        this.#set(inside, current[index]);
      });
      given.forEach((inside, index) => {
        this.#set(inside, sequences[index]?.[time]);
      });
      for (const symbol of body) this.#compute(symbol);
      current = states.map(({ next }) => this.#slotOf(next));
      collected.forEach(({ inside }, index) => {
        const sequence = found[index];
        if (sequence) sequence[time] = this.#slotOf(inside);
      });
    }
    this.#loops.set(node, { last: current, collected: found });
  }

  /** An output of a loop: the last of a state, or a sequence, whose matrices are joined where it is read as a whole. */
  #output(symbol: GraphTensor, index: number): void {
    const [node = symbol] = symbol.inputs;
    const results = this.#loops.get(node);
    if (!results) throw new TypeError('a loop is read before it is computed');
    const { last, collected } = results;
    const sequence = collected[index - last.length];
    if (sequence) this.#steps.set(symbol, sequence);
    else this.#set(symbol, last[index]);
  }

  #set(symbol: GraphTensor, slot: Slot | undefined): void {
    if (slot === undefined) throw new TypeError(`a ${symbol.operation.kind} is not computed`);
    this.#slots.set(symbol, slot);
  }

  #slotOf(symbol: GraphTensor): Slot {
    const steps = this.#steps.get(symbol);
    if (steps && !this.#slots.has(symbol)) {
      this.#set(
        symbol,
        steps.length === 1 ? steps[0] : this.#plan.call('Concat', steps, { axis: 1 }),
      );
    }
    const slot = this.#slots.get(symbol);
    if (slot === undefined) throw new TypeError(`a ${symbol.operation.kind} is not computed`);
    return slot;
  }

  /** The matrices [F, B] of a sequence [T, F, B]. */
  #stepsOf(sequence: GraphTensor): readonly Slot[] {
    const [count = 1, , lanes = 1] = sequence.shape;
    const numOrSizeSplits = Array.from({ length: count }, () => lanes);
    const steps =
      this.#steps.get(sequence) ??
      this.#plan.callAll(
        'SplitV',
        { x: this.#slotOf(sequence) },
        { numOrSizeSplits, axis: 1 },
        count,
      );
    this.#steps.set(sequence, steps);
    return steps;
  }
}

interface LoopResults {
  /** Each state after the last step. */
  readonly last: readonly Slot[];
  /** Each collected value, by time step. */
  readonly collected: readonly (readonly Slot[])[];
}
