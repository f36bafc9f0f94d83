import { type Contribution, rules } from './rules.ts';
import { dependencies, type Tensor } from './tensor.ts';

/** The gradients gathered so far, for the tensors for which one is wanted. */
export class Cotangents {
  readonly #wanted: ReadonlySet<Tensor>;
  readonly #sums = new Map<Tensor, Tensor>();

  constructor(wanted: ReadonlySet<Tensor>) {
    this.#wanted = wanted;
  }

  wants(tensor: Tensor): boolean {
    return this.#wanted.has(tensor);
  }

  of(tensor: Tensor): Tensor | undefined {
    return this.#sums.get(tensor);
  }

  /** The gradient of a loop's output. */
  ofOutput(loop: Tensor, index: number): Tensor | undefined {
    for (const [{ operation, inputs }, sum] of this.#sums) {
      if (operation.kind === 'output' && operation.index === index && inputs[0] === loop)
        return sum;
    }
    return undefined;
  }

  add(tensor: Tensor, contribution: Contribution): void {
    if (this.wants(tensor)) this.#sums.set(tensor, contribution(this.#sums.get(tensor)));
  }

  /** Hands the gradient of y on to y's inputs, by the rule of y's operation. */
  backpropagate(y: Tensor): void {
    const { kind } = y.operation;
    if (kind === 'recurrence' || kind === 'output' || !y.inputs.some((x) => this.wants(x))) return;
    const dy = this.of(y);
    if (!dy) return;
    rules[kind](y, dy).forEach((contribution, index) => {
      const x = y.inputs[index];
      if (x) this.add(x, contribution);
    });
  }
}

/** The tensors of `order` that vary with one of `sources`, and the sources. */
export function varyingWith(sources: readonly Tensor[], order: readonly Tensor[]): Set<Tensor> {
  const varying = new Set(sources);
  for (const tensor of order) {
    if (dependencies(tensor).some((each) => varying.has(each))) varying.add(tensor);
  }
  return varying;
}
