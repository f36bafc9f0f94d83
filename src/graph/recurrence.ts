import { eliminateCommonProducts } from './common-products.ts';
import { Cotangents, varyingWith } from './cotangents.ts';
import { fill, input, operand, outer, sameShape, sumTo } from './operations.ts';
import { accumulate } from './rules.ts';
import { bodyOf, capturedBy, inOrder, type Loop, type Tensor } from './tensor.ts';

/** What a step makes of the states before it and of what it is given. */
type Step = (
  states: readonly Tensor[],
  given: readonly Tensor[],
) => { readonly next: readonly Tensor[]; readonly collect: readonly Tensor[] };

/**
 * A loop over T time steps: `step` is called once, with symbols, and computed T times. `initial` holds each state
 * before the first step [F, B]; `sequences` [T, F, B] give step t their matrix t. Returned are each state after
 * the last step [F, B] and each collected tensor of all steps [T, F, B].
 *
 * @throws TypeError if a sequence has not T steps, or a step does not make each state again in its shape
 */
export function recurrence(
  steps: number,
  initial: readonly Tensor[],
  sequences: readonly Tensor[],
  step: Step,
): { readonly last: Tensor[]; readonly collected: Tensor[] } {
  const states = initial.map((tensor) => input('state', tensor.shape, tensor.type));
  const given = sequences.map((tensor) => input('given', tensor.shape.slice(1), tensor.type));
  for (const { shape } of sequences) {
    if (shape[0] !== steps) {
      throw new TypeError(`a sequence of the shape [${shape.join(', ')}] has not ${steps} steps`);
    }
  }
  const { next, collect } = step(states, given);
  if (next.length !== states.length) {
    throw new TypeError(`a step makes ${next.length} states of ${states.length}`);
  }
  const node = loopNode(
    {
      steps,
      backwards: false,
      states: next.map((after, index) => ({
        inside: stateLike(after, states[index]),
        next: after,
      })),
      given,
      collected: [],
    },
    initial,
    sequences,
  );
  return {
    last: initial.map((state, index) => output(node, index, state.shape)),
    collected: collect.map((inside) => collected(node, inside)),
  };
}

/**
 * The gradient of a loop is a loop that runs from the last step to the first. Its body is the chain rule applied to
 * the body of the first, whose values it is given. What a tensor from outside the loop (a weight) gets is summed
 * over the steps, and a sum over steps of products is one product of the collected factors: those are computed
 * after the loop, at once.
 */
export function recurrenceGradient(node: Tensor, loop: Loop, outside: Cotangents): void {
  const arriving = loop.collected.filter(({ sequence }) => outside.of(sequence));
  const afterLast = loop.states.map((_, index) => outside.ofOutput(node, index));
  if (arriving.length === 0 && afterLast.every((gradient) => !gradient)) return;
  const forward = bodyOf(loop);
  const captured = capturedBy(loop).filter((tensor) => outside.wants(tensor));
  const wantedGiven = loop.given.filter((tensor) => outside.wants(sequenceGiven(node, tensor)));
  const states = loop.states.map((state) => state.inside);
  const inside = new Cotangents(varyingWith([...states, ...wantedGiven, ...captured], forward));

  const fromLater = loop.states.map(({ next }) => input('later', next.shape, next.type));
  loop.states.forEach(({ next }, index) => {
    const gradient = fromLater[index];
    if (gradient) inside.add(next, accumulate(gradient, next));
  });
  const fromOutside = arriving.map((each) => input('outside', each.inside.shape, each.inside.type));
  arriving.forEach((each, index) => {
    const gradient = fromOutside[index];
    if (gradient) inside.add(each.inside, accumulate(gradient, each.inside));
  });
  for (const y of forward.toReversed()) inside.backpropagate(y);

  const derived = [...states, ...wantedGiven, ...captured].flatMap(
    (tensor) => inside.of(tensor) ?? [],
  );
  const shared = eliminateCommonProducts(derived, new Set([...states, ...forward, ...captured]));
  const gradientOf = (tensor: Tensor) => {
    const gradient = inside.of(tensor);
    return gradient && shared(gradient);
  };
  const next = states.map((state) => gradientOf(state) ?? fill(0, state, state.shape));
  const forGiven = wantedGiven.map(gradientOf);
  const forCaptured = captured.map(gradientOf);
  const isForward = new Set(forward);
  const factors = forCaptured.flatMap((gradient) => (gradient ? factorsOf(gradient) : []));
  const values = inOrder(
    [...next, ...forGiven, ...factors.filter((factor) => !isForward.has(factor))].filter(
      (tensor) => tensor !== undefined,
    ),
    (tensor) => isForward.has(tensor),
  ).filter((tensor) => isForward.has(tensor));
  const sequenceOf = (tensor: Tensor) =>
    loop.given.includes(tensor) ? sequenceGiven(node, tensor) : collected(node, tensor);

  const backward = loopNode(
    {
      steps: loop.steps,
      backwards: !loop.backwards,
      states: next.map((after, index) => ({
        inside: stateLike(after, fromLater[index]),
        next: after,
      })),
      given: [...fromOutside, ...values],
      collected: [],
    },
    fromLater.map((later, index) => afterLast[index] ?? fill(0, later, later.shape)),
    [...arriving.flatMap(({ sequence }) => outside.of(sequence) ?? []), ...values.map(sequenceOf)],
  );
  const overSteps = (tensor: Tensor) =>
    isForward.has(tensor) ? sequenceOf(tensor) : collected(backward, tensor);
  states.forEach((state, index) => {
    const initial = node.inputs[index];
    if (initial) outside.add(initial, accumulate(output(backward, index, state.shape), initial));
  });
  wantedGiven.forEach((tensor, index) => {
    const gradient = forGiven[index];
    const sequence = sequenceGiven(node, tensor);
    if (gradient) outside.add(sequence, accumulate(overSteps(gradient), sequence));
  });
  captured.forEach((tensor, index) => {
    const gradient = forCaptured[index];
    if (gradient) outside.add(tensor, (sum) => sumOverSteps(gradient, overSteps, sum));
  });
}

/** The state before a step, if what the step makes of it has its shape. */
function stateLike(after: Tensor, before: Tensor | undefined): Tensor {
  if (before && sameShape(after.shape, before.shape)) return before;
  throw new TypeError(
    `a step makes a state [${after.shape.join(', ')}] of one [${before?.shape.join(', ')}]`,
  );
}

/** The body tensors whose sequences `sumOverSteps` takes. */
function factorsOf(gradient: Tensor): Tensor[] {
  const c = gradient.inputs[2];
  switch (gradient.operation.kind) {
    case 'outer':
      return [operand(gradient, 0), operand(gradient, 1), ...(c ? factorsOf(c) : [])];
    case 'sumTo':
      return [operand(gradient, 0)];
    case 'add':
      return [...factorsOf(operand(gradient, 0)), ...factorsOf(operand(gradient, 1))];
    default:
      return [gradient];
  }
}

/** The sum over all steps of a body tensor, added to `sum`; where it is itself a sum over lanes, all at once. */
function sumOverSteps(
  gradient: Tensor,
  overSteps: (tensor: Tensor) => Tensor,
  sum: Tensor | undefined,
): Tensor {
  switch (gradient.operation.kind) {
    case 'outer': {
      const [a, x] = [operand(gradient, 0), operand(gradient, 1)];
      const c = gradient.inputs[2];
      return outer(overSteps(a), overSteps(x), c ? sumOverSteps(c, overSteps, sum) : sum);
    }
    case 'sumTo':
      return accumulate(sumTo(overSteps(operand(gradient, 0)), gradient.shape), gradient)(sum);
    case 'add': {
      const [a, b] = [operand(gradient, 0), operand(gradient, 1)];
      return sumOverSteps(b, overSteps, sumOverSteps(a, overSteps, sum));
    }
    default:
      return accumulate(sumTo(overSteps(gradient), gradient.shape), gradient)(sum);
  }
}

function loopNode(loop: Loop, initial: readonly Tensor[], sequences: readonly Tensor[]): Tensor {
  const [first] = initial;
  return {
    operation: { kind: 'recurrence', loop },
    inputs: [...initial, ...sequences],
    shape: [],
    type: first?.type ?? 'float',
  };
}

function output(node: Tensor, index: number, shape: readonly number[]): Tensor {
  return { operation: { kind: 'output', index }, inputs: [node], shape, type: node.type };
}

/** The sequence of all values of a body tensor; the loop hands it out from now on. */
function collected(node: Tensor, inside: Tensor): Tensor {
  const loop = loopOf(node);
  const known = loop.collected.find((each) => each.inside === inside);
  if (known) return known.sequence;
  const index = loop.states.length + loop.collected.length;
  const sequence = output(node, index, [loop.steps, ...inside.shape]);
  loop.collected.push({ inside, sequence });
  return sequence;
}

function sequenceGiven(node: Tensor, inside: Tensor): Tensor {
  const loop = loopOf(node);
  const sequence = node.inputs[loop.states.length + loop.given.indexOf(inside)];
  if (!sequence) throw new TypeError('the loop is not given this tensor');
  return sequence;
}

function loopOf(node: Tensor): Loop {
  if (node.operation.kind !== 'recurrence') throw new TypeError('not a loop');
  return node.operation.loop;
}
