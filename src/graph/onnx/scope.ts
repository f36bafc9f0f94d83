import type { Tensor } from '../tensor.ts';
import type { OnnxAttribute, OnnxConstant, OnnxGraph, OnnxNode, OnnxValue } from './model-file.ts';

/**
 * How matrices lie in the file: `columns` as they are, one column a lane; `rows` transposed, one row a lane, which
 * is how most programs hand over a batch, and lets the runtime pack constant weights once.
 */
export type Layout = 'columns' | 'rows';

/** The nodes of one ONNX graph so far; a loop's body is a scope inside another and sees its names. */
export class Scope {
  readonly layout: Layout;
  readonly outer: Scope | undefined;
  readonly #counter: { next: number };
  readonly #names = new Map<Tensor, string>();
  readonly #byRows = new Map<Tensor, () => string>();
  readonly #layouts = { columns: new Map<Tensor, string>(), rows: new Map<Tensor, string>() };
  readonly #outputs = new Map<Tensor, readonly string[]>();
  readonly #shared = new Map<string, readonly string[]>();
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: OnnxConstant[] = [];
  readonly #quantized = new Set<string>();

  constructor(layout: Layout, outer?: Scope) {
    this.layout = layout;
    this.outer = outer;
    this.#counter = outer ? outer.#counter : { next: 0 };
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
    const made = this.#names.get(tensor) ?? this.#byRows.get(tensor)?.();
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
