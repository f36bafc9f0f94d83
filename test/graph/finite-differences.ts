import { expect } from 'vitest';
import { gradients } from '../../src/graph/gradient.ts';
import { add, input, multiply, sumTo } from '../../src/graph/operations.ts';
import type { Shape, Tensor } from '../../src/graph/tensor.ts';
import { elements } from '../../src/network/parameters.ts';
import { Random } from '../../src/text/random.ts';
import { type Computation, computation, type Values } from './compute.ts';

type Shapes = Readonly<Record<string, Shape>>;

interface Case<Parameters extends Shapes> {
  /** What the function takes and is derived by. */
  readonly parameters: Parameters;
  readonly seed: number;
  /** What it takes beside them. */
  readonly given?: Values;
}

const step = 1e-5;
const tolerance = 1e-8;

/**
 * Fails unless, for every element of every parameter, the derived gradient of a random weighting of all elements of
 * all results equals its central difference, in double precision.
 */
export async function expectGradients<Parameters extends Shapes>(
  { parameters, seed, given = {} }: Case<Parameters>,
  results: (symbols: { readonly [Name in keyof Parameters]: Tensor }) => readonly Tensor[],
): Promise<void> {
  const random = Random.seeded(seed, 'finite differences');
  const drawn = (shape: Shape) =>
    Float64Array.from({ length: elements(shape) }, () => 2 * random.next() - 1);
  const values: Record<string, Float64Array> = { ...given };
  for (const [name, shape] of Object.entries(parameters)) values[name] = drawn(shape);
  const symbols = doubles(parameters);
  const scalar = results(symbols)
    .map((result, index) => {
      const weights = input(`weights${index}`, result.shape, 'double');
      values[`weights${index}`] = drawn(result.shape);
      return sumTo(multiply(result, weights), []);
    })
    .reduce(add);
  const forward = await computation({ scalar });
  const names = Object.keys(parameters);
  const derived = gradients(scalar, Object.values(symbols));
  const backward = await computation(
    Object.fromEntries(derived.map((gradient, index) => [`gradient.${names[index]}`, gradient])),
  );
  try {
    const found = await backward.run(values);
    for (const name of names) {
      const gradient = found[`gradient.${name}`] ?? new Float64Array(0);
      const expected = await centralDifferences(forward, values, name);
      expect(gradient).toHaveLength(expected.length);
      const error = Math.max(...expected.map((each, at) => Math.abs(each - (gradient[at] ?? 0))));
      const scale = Math.max(1, ...expected.map(Math.abs));
      expect(error / scale, `the gradient of ${name}`).toBeLessThan(tolerance);
    }
  } finally {
    await Promise.all([forward.release(), backward.release()]);
  }
}

/** Double-precision inputs under their names. */
export function doubles<Inputs extends Shapes>(
  shapes: Inputs,
): { readonly [Name in keyof Inputs]: Tensor } {
  const entries = Object.entries(shapes).map(([name, shape]) => [
    name,
    input(name, shape, 'double'),
  ]);
  return Object.fromEntries(entries);
}

async function centralDifferences(
  { run }: Computation,
  values: Values,
  name: string,
): Promise<Float64Array> {
  const at = values[name] ?? new Float64Array(0);
  const differences = new Float64Array(at.length);
  for (let index = 0; index < at.length; index++) {
    const moved = async (by: number) => {
      const data = at.map((value, place) => (place === index ? value + by : value));
      return (await run({ ...values, [name]: data })).scalar?.[0] ?? Number.NaN;
    };
    differences[index] = ((await moved(step)) - (await moved(-step))) / (2 * step);
  }
  return differences;
}
