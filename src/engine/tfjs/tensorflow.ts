import type * as tensorflow from '@tensorflow/tfjs';

/** TensorFlow.js as its packages export it: `@tensorflow/tfjs-node`, or `@tensorflow/tfjs` in plain JavaScript. */
export type TensorFlow = typeof tensorflow;
export type Tensor = tensorflow.Tensor;
/** What a kernel gives: a tensor, or what one is made of. */
export type TensorInfo = tensorflow.TensorInfo;

/** Tensors by name. */
export type Tensors<Name extends string = string> = Readonly<Record<Name, Tensor>>;

/** @throws TypeError if there is none of that name. */
export function named(tensors: Tensors, name: string): Tensor {
  const tensor = tensors[name];
  if (!tensor) throw new TypeError(`there is no "${name}"`);
  return tensor;
}

/** @throws RangeError if there are not so many. */
export function at(tensors: readonly Tensor[], index: number): Tensor {
  const tensor = tensors[index];
  if (!tensor) throw new RangeError(`there are ${tensors.length}, not ${index + 1}`);
  return tensor;
}

export function mapValues<Value, Result>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Result,
): Readonly<Record<string, Result>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, change(value, name)]),
  );
}
