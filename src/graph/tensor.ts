/**
 * A symbolic tensor: what operation makes it, from which tensors, and its shape. Nothing is computed here;
 * an engine lowers what is reachable from the results it wants (see `onnx/`).
 *
 * Layout: vectors are columns. A matrix [F, B] holds one column of F features for each of B lanes, and a
 * sequence [T, F, B] holds T such matrices. (Columns, not rows: a product then reads the weight as it lies in
 * memory and packs only the few columns of the lanes, which makes the small products of a time step a third
 * faster than rows do.)
 */
export interface Tensor {
  readonly operation: Operation;
  readonly inputs: readonly Tensor[];
  readonly shape: Shape;
  readonly type: ElementType;
}

/** Dimensions, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** `float` and `double` are IEEE 754 binary32 and binary64; `int64` holds ids. */
export type ElementType = 'float' | 'double' | 'int64';

/** What makes a tensor of its inputs: `operations.ts` says how each is called, `rules.ts` its gradient. */
export type Operation =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'fill'; readonly value: number }
  | { readonly kind: 'add' }
  | { readonly kind: 'subtract' }
  | { readonly kind: 'multiply' }
  | { readonly kind: 'sigmoid' }
  | { readonly kind: 'tanh' }
  | { readonly kind: 'transpose' }
  | { readonly kind: 'concat' }
  | { readonly kind: 'slice'; readonly index: number; readonly count: number }
  | { readonly kind: 'affine'; readonly products: number }
  | { readonly kind: 'outer' }
  | { readonly kind: 'sumTo' }
  | { readonly kind: 'oneHot' }
  | { readonly kind: 'gather' }
  | { readonly kind: 'scatter' }
  | { readonly kind: 'softmax' }
  | { readonly kind: 'crossEntropy' }
  | { readonly kind: 'subtractUnits' }
  | { readonly kind: 'recurrence'; readonly loop: Loop }
  | { readonly kind: 'output'; readonly index: number };

/** The name of an operation. */
export type OperationKind = Operation['kind'];

/**
 * The body of a recurrence, computed T times. Body tensors may use tensors from outside the loop: those are the
 * same at each step.
 */
export interface Loop {
  readonly steps: number;
  /** From the last time step to the first: the way a gradient goes. */
  readonly backwards: boolean;
  /** What each state is called inside the body, and what it becomes. Initial values are the node's first inputs. */
  readonly states: readonly { readonly inside: Tensor; readonly next: Tensor }[];
  /** Body tensors that are given: at step t they are row t of a sequence. The sequences are the node's next inputs. */
  readonly given: readonly Tensor[];
  /**
   * Body tensors handed out as sequences. Outputs of the node: each state's last value, then these. It grows while a
   * graph is built and its gradient derived, on a loop of the gradient's own.
   */
  readonly collected: { readonly inside: Tensor; readonly sequence: Tensor }[];
}

/** Tensors in an order in which each comes after its inputs; stops at (and includes) tensors where `leaf` holds. */
export function inOrder(
  results: readonly Tensor[],
  leaf: (tensor: Tensor) => boolean = () => false,
): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  const open = results.map((tensor) => ({ tensor, next: 0 })).reverse();
  while (open.length > 0) {
    const top = open[open.length - 1];
    if (!top) break;
    const children = leaf(top.tensor) ? [] : dependencies(top.tensor);
    const child = children[top.next++];
    if (seen.has(top.tensor)) {
      open.pop();
    } else if (child) {
      if (!seen.has(child)) open.push({ tensor: child, next: 0 });
    } else {
      seen.add(top.tensor);
      order.push(top.tensor);
      open.pop();
    }
  }
  return order;
}

/** What must be computed before a tensor: its inputs, and for a loop also what its body takes from outside. */
export function dependencies(tensor: Tensor): readonly Tensor[] {
  if (tensor.operation.kind !== 'recurrence') return tensor.inputs;
  return [...tensor.inputs, ...capturedBy(tensor.operation.loop)];
}

/** The tensors of a loop's body, in order: those that depend on its states or on what it is given. */
export function bodyOf(loop: Loop, results: readonly Tensor[] = bodyResults(loop)): Tensor[] {
  const changing = new Set<Tensor>([...loop.states.map((state) => state.inside), ...loop.given]);
  const given = new Set(changing);
  for (const tensor of inOrder(results, (each) => given.has(each))) {
    if (tensor.inputs.some((input) => changing.has(input)) && !given.has(tensor))
      changing.add(tensor);
  }
  return inOrder(results, (each) => given.has(each) || !changing.has(each)).filter((each) =>
    changing.has(each),
  );
}

/** The tensors from outside the loop that its body uses. */
export function capturedBy(loop: Loop): Tensor[] {
  const body = new Set(bodyOf(loop));
  const given = new Set<Tensor>([...loop.states.map((state) => state.inside), ...loop.given]);
  const captured = new Set<Tensor>();
  for (const tensor of body) {
    if (given.has(tensor)) continue;
    for (const input of tensor.inputs) if (!body.has(input)) captured.add(input);
  }
  for (const result of bodyResults(loop)) if (!body.has(result)) captured.add(result);
  return [...captured];
}

function bodyResults(loop: Loop): Tensor[] {
  return [...loop.states.map((state) => state.next), ...loop.collected.map((each) => each.inside)];
}
