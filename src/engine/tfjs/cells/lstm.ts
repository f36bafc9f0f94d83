import type { Kernels } from '../kernels.ts';
import { at, type Tensor, type Tensors } from '../tensorflow.ts';
import type { Cell } from './cell.ts';

type Kept = 'taken' | 'left' | 'h' | 'i' | 'f' | 'o' | 'g' | 'squashed';

/** Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export const lstm = ({
  add,
  sub,
  mul,
  sigmoid,
  tanh,
  matMul,
  stack,
  split,
}: Kernels): Cell<'hidden' | 'cell', 'hidden', Kept, 'slopes' | 'outflow' | 'f'> => ({
  states: ['hidden', 'cell'],
  products: { hidden: ['i', 'f', 'o', 'g'] },

  step(sums, { hidden, cell }) {
    const [H = 0] = hidden.shape;
    // i, f, o = σ(R·h + W·x + b)    g = tanh(R·h + W·x + b)
    const [sumOfI, sumOfF, sumOfO, sumOfG] = split(sums('hidden', hidden), [H, H, H, H]);
    const [i, f, o, g] = [sigmoid(sumOfI), sigmoid(sumOfF), sigmoid(sumOfO), tanh(sumOfG)];
    // c' = f∘c + i∘g    h' = o∘tanh(c')
    const [left, taken] = [mul(f, cell), mul(i, g)];
    const c = add(left, taken);
    const squashed = tanh(c);
    const h = mul(o, squashed);
    return {
      states: { hidden: h, cell: c },
      gates: { i, f, g, o },
      kept: { taken, left, h, i, f, o, g, squashed },
    };
  },

  factors(steps) {
    // σ' = σ∘(1 − σ)    tanh' = 1 − tanh²
    // i, f, o: g∘i∘(1 − i), c∘f∘(1 − f), tanh(c')∘o∘(1 − o)    g: i∘(1 − g²)    ∂h'/∂c' = o∘(1 − tanh²(c'))
    const all = (rows: (step: Tensors<Kept>) => readonly Tensor[]) => stack(steps.flatMap(rows));
    const whole = all(({ taken, left, h, i, o }) => [taken, left, h, i, o]);
    const opened = all(({ taken, left, h }) => [taken, left, h, taken, h]);
    const shares = all(({ i, f, o, g, squashed }) => [i, f, o, g, squashed]);
    const [H = 0] = steps[0]?.f.shape ?? [];
    const parts = split(
      sub(whole, mul(opened, shares)),
      steps.flatMap(() => [4 * H, H]),
    );
    return steps.map(({ f }, t) => ({
      slopes: at(parts, 2 * t),
      outflow: at(parts, 2 * t + 1),
      f,
    }));
  },

  backward(Rt, { slopes, outflow, f }, after) {
    // All of δc' = δc' + δh'∘∂h'/∂c'
    const c = add(after.cell, mul(after.hidden, outflow));
    // δsums = (δc', δc', δh', δc')∘slopes    δh = Rᵀ·δsums    δc = δc'∘f
    const sums = mul(stack([c, c, after.hidden, c]), slopes);
    return {
      sums: { hidden: sums },
      before: { hidden: matMul(Rt.hidden, sums), cell: mul(c, f) },
    };
  },
});
