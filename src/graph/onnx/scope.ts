import type { Tensor } from '../tensor.ts';
import type { OnnxAttribute, OnnxConstant, OnnxGraph, OnnxNode, OnnxValue } from './model-file.ts';

/**
 * How matrices lie in the file: `columns` as they are, one column a lane; `rows` transposed, one row a lane, which
 * is how most programs hand over a batch, and lets the runtime pack constant weights once.
 */
export type Layout = 'columns' | 'rows';

/**
 * What a file is written for. ONNX Runtime computes loops and a logarithm of a softmax on the processor only: for a
 * graphics card the file has neither, so that nothing goes back and forth at every step.
 */
export type Target = 'processor' | 'card';

/** The nodes of one ONNX graph so far; a loop's body is a scope inside another and sees its names. */
export class Scope {
  readonly layout: Layout;
  readonly target: Target;
  readonly outer: Scope | undefined;
  readonly #counter: { next: number };
  readonly #names = new Map<Tensor, string>();
  readonly #byRows = new Map<Tensor, () => string>();
  readonly #layouts = { columns: new Map<Tensor, string>(), rows: new Map<Tensor, string>() };
  readonly #outputs = new Map<Tensor, readonly string[]>();
  readonly #steps = new Map<Tensor, { readonly names: readonly string[]; make: () => string }>();
  readonly #shared = new Map<string, readonly string[]>();
  readonly #nodes: OnnxNode[];
  readonly #constants: OnnxConstant[] = [];
  readonly #quantized = new Set<string>();

  constructor(
    layout: Layout,
    {
      outer,
      target = outer?.target ?? 'processor',
      inline = false,
    }: {
      readonly outer?: Scope;
      readonly target?: Target;
      /** Whether its nodes are written among those of `outer`: one step of a loop. */
      readonly inline?: boolean;
    } = {},
  ) {
    this.layout = layout;
    this.target = target;
    this.outer = outer;
    this.#counter = outer ? outer.#counter : { next: 0 };
    this.#nodes = inline && outer ? outer.#nodes : [];
  }

  mustBeByColumns(what: string): void {
    if (this.layout === 'rows') throw new TypeError(`${what} is not written by rows`);
  }

  mustBeByRows(what: string): void {
    if (this.layout === 'columns') throw new TypeError(`${what} is written by rows only`);
  }

  fresh(): string {
    return `t${this.#counter.next++}`;
  }

  name(tensor: Tensor, name: string): void {
    this.#names.set(tensor, name);
  }

  has(tensor: Tensor): boolean {
    return this.#names.has(tensor);
  }

  nameOf(tensor: Tensor): string {
    const made =
      this.#names.get(tensor) ?? this.#byRows.get(tensor)?.() ?? this.#steps.get(tensor)?.make();
    if (made !== undefined) this.#names.set(tensor, made);
    const name = made ?? this.outer?.nameOf(tensor);
    if (name === undefined)
      throw new TypeError(`a ${tensor.operation.kind} is used before it is made`);
    return name;
  }

  /** The name of a sequence in another layout, which is made once. */
  inLayout(layout: Layout, sequence: Tensor, make: () => string): string {
    const names = this.#layouts[layout];
    const name = names.get(sequence) ?? make();
    names.set(sequence, name);
    return name;
  }

  /** Names a sequence that was computed by rows; as what it is, it is made when its name is first asked for. */
  nameByRows(sequence: Tensor, rows: string, make: () => string): void {
    this.#layouts.rows.set(sequence, rows);
    this.#byRows.set(sequence, make);
  }

  /** Whether a sequence was computed by rows. */
  isByRows(sequence: Tensor): boolean {
    return this.#byRows.has(sequence);
  }

  /** Names each step [F, B] of a sequence; as a whole, it is made when its name is first asked for. */
  nameSteps(sequence: Tensor, names: readonly string[], make: () => string): void {
    this.#steps.set(sequence, { names, make });
  }

  /** The steps of a sequence, where they were named one by one. */
  stepsOf(sequence: Tensor): readonly string[] | undefined {
    return this.#steps.get(sequence)?.names;
  }

  nameOutputs(node: Tensor, names: readonly string[]): void {
    this.#outputs.set(node, names);
  }

  outputOf(node: Tensor, index: number): string {
    const name = this.#outputs.get(node)?.[index] ?? this.outer?.outputOf(node, index);
    if (name === undefined) throw new TypeError(`a loop has no output ${index}`);
    return name;
  }

  /** Adds a node with one output, and returns the output's name. */
  emit(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    output = this.fresh(),
  ): string {
    this.emitNode({ operator, inputs, outputs: [output], attributes });
    return output;
  }

  emitNode(node: OnnxNode): void {
    this.#nodes.push(node);
  }

  /** A value made once in this scope however often it is asked for. */
  once(key: string, make: () => string): string {
    const [name = ''] = this.allOnce(key, () => [make()]);
    return name;
  }

  /** Values made together, once in this scope however often they are asked for. */
  allOnce(key: string, make: () => readonly string[]): readonly string[] {
    const names = this.#shared.get(key) ?? make();
    this.#shared.set(key, names);
    return names;
  }

  constant(type: OnnxValue['type'], shape: readonly number[], values: readonly number[]): string {
    if (this.outer) return this.outer.constant(type, shape, values);
    return this.once(`constant ${type} [${shape}] ${values}`, () => {
      const name = this.fresh();
      this.addConstant({ name, type, shape, values });
      return name;
    });
  }

  addConstant(constant: OnnxConstant): void {
    this.#constants.push(constant);
  }

  /** Notes that the constant of that name lies in eight bits. */
  markQuantized(name: string): void {
    this.#quantized.add(name);
  }

  isQuantized(name: string): boolean {
    return this.#quantized.has(name);
  }

  graph(inputs: readonly OnnxValue[], outputs: readonly OnnxValue[]): OnnxGraph {
    return { nodes: this.#nodes, inputs, outputs, constants: this.#constants };
  }
}
