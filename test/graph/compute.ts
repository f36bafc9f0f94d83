import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { toOnnx } from '../../src/graph/onnx/lower.ts';
import { inOrder, type Tensor } from '../../src/graph/tensor.ts';

/** Tensors by name: what a graph is asked for, or takes. */
export type Symbols = Readonly<Record<string, Tensor>>;
export type Values = Readonly<Record<string, Float64Array>>;

/** A double-precision graph made ready once: of its inputs' values it gives its results' values. */
export interface Computation {
  run(values: Values): Promise<Values>;
  release(): Promise<void>;
}

export async function computation(results: Symbols): Promise<Computation> {
  const session = await InferenceSession.create(toOnnx(results));
  const inputs = inOrder(Object.values(results)).flatMap(({ operation, shape, type }) =>
    operation.kind === 'input' ? [{ name: operation.name, shape, type }] : [],
  );
  return {
    async run(values) {
      const feeds = inputs.map(({ name, shape, type }) => {
        const data = values[name] ?? new Float64Array(0);
        const tensor =
          type === 'int64'
            ? new OrtTensor('int64', BigInt64Array.from(Array.from(data, BigInt)), shape)
            : new OrtTensor('float64', data, shape);
        return [name, tensor] as const;
      });
      const fetched = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(
        Object.entries(fetched).map(([name, { data }]) => {
          if (!(data instanceof Float64Array)) throw new TypeError(`"${name}" is not double`);
          return [name, data];
        }),
      );
    },
    release: () => session.release(),
  };
}

/** The values of results, computed once. */
export async function compute(results: Symbols, values: Values = {}): Promise<Values> {
  const ready = await computation(results);
  try {
    return await ready.run(values);
  } finally {
    await ready.release();
  }
}
