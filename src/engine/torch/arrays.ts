import type { NamedArray, NamedArrays } from '../../network/config.ts';
import { elements } from '../../network/parameters.ts';
import type { SentArray } from './frames.ts';

/** The numbers of an array that Python gave. @throws TypeError if it is missing */
export function floatsOf(
  arrays: Readonly<Record<string, SentArray>>,
  name: string,
): Float32Array<ArrayBufferLike> {
  const data = arrays[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new TypeError(`PyTorch gave no "${name}"`);
}

/** Arrays that Python gave, of the shapes that ours have. @throws TypeError if one is missing */
export function namedArrays(
  arrays: Readonly<Record<string, SentArray>>,
  shapes: readonly { readonly name: string; readonly shape: readonly number[] }[],
): NamedArrays {
  return Object.fromEntries(
    shapes.map(({ name, shape }): [string, NamedArray] => {
      const data = floatsOf(arrays, name);
      if (data.length === elements(shape)) return [name, { shape, data }];
      throw new TypeError(`PyTorch gave "${name}" with ${data.length} numbers`);
    }),
  );
}
