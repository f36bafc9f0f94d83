import { elements } from '../../network/parameters.ts';

/** The ids of a window, where all threads see them. */
export interface SharedWindow {
  /** [T·B] */
  readonly inputs: Int32Array;
  /** [T·B] */
  readonly targets: Int32Array;
}

export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

/** Arrays of zeros in shared memory, by name. */
export function shareFloats(
  shapes: readonly { readonly name: string; readonly shape: readonly number[] }[],
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(shapes.map(({ name, shape }) => [name, sharedFloats(elements(shape))]));
}

/** @param length T·B */
export function sharedWindow(length: number): SharedWindow {
  const ids = () => new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
  return { inputs: ids(), targets: ids() };
}

/** Whether this Node hands arrays in shared memory to native code: since 22.21 and 24.9; before, it refuses them. */
export function nativeCodeTakesShared(version = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 9) || (major === 22 && minor >= 21);
}
