import { bodyOf, inOrder, type Loop, type Tensor } from './tensor.ts';

/**
 * Copies of the tensors that `results` are made of, from the first loops on: loops of their own, which may be asked for
 * more of their values. What no loop comes before, such as a parameter, has no copy.
 */
export function copyFromLoops(results: readonly Tensor[]): (tensor: Tensor) => Tensor {
  const copies = new Map<Tensor, Tensor>();
  const copyOf = (tensor: Tensor) => copies.get(tensor) ?? tensor;
  for (const tensor of inOrder(results)) {
    if (copies.has(tensor)) continue;
    if (tensor.operation.kind === 'recurrence') copyLoop(tensor, tensor.operation.loop, copies);
    else if (tensor.inputs.some((input) => copies.has(input))) {
      copies.set(tensor, { ...tensor, inputs: tensor.inputs.map(copyOf) });
    }
  }
  return copyOf;
}

function copyLoop(node: Tensor, loop: Loop, copies: Map<Tensor, Tensor>): void {
  const inBody = new Map<Tensor, Tensor>();
  const copyOf = (tensor: Tensor) => inBody.get(tensor) ?? copies.get(tensor) ?? tensor;
  for (const tensor of bodyOf(loop)) {
    if (tensor.inputs.some((input) => copyOf(input) !== input)) {
      inBody.set(tensor, { ...tensor, inputs: tensor.inputs.map(copyOf) });
    }
  }
  const own: Loop = {
    ...loop,
    states: loop.states.map(({ inside, next }) => ({ inside, next: copyOf(next) })),
    collected: [],
  };
  const copy: Tensor = {
    ...node,
    operation: { kind: 'recurrence', loop: own },
    inputs: node.inputs.map(copyOf),
  };
  copies.set(node, copy);
  for (const { inside, sequence } of loop.collected) {
    const ofCopy = { ...sequence, inputs: [copy] };
    copies.set(sequence, ofCopy);
    own.collected.push({ inside: copyOf(inside), sequence: ofCopy });
  }
}
