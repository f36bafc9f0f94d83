import type { Tensor, TensorFlow, Tensors } from './tensorflow.ts';

/**
 * What a time step computes with: TensorFlow's kernels alone. The operations of the library do the same, but each opens
 * a scope of its own around its kernel, which took a twentieth of a training step of 32 lanes.
 */
export interface Kernels {
  /** a + b */
  add(a: Tensor, b: Tensor): Tensor;
  /** a − b */
  sub(a: Tensor, b: Tensor): Tensor;
  /** a ∘ b */
  mul(a: Tensor, b: Tensor): Tensor;
  square(x: Tensor): Tensor;
  /** 1 − x */
  oneMinus(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  /** a·b of matrices. */
  matMul(a: Tensor, b: Tensor): Tensor;
  /** Matrices of as many columns under each other. */
  stack(tensors: readonly Tensor[]): Tensor;
  /** A matrix cut into parts of so many rows. */
  split(x: Tensor, rows: [number, number]): [Tensor, Tensor];
  split(x: Tensor, rows: [number, number, number]): [Tensor, Tensor, Tensor];
}

/** TensorFlow's engine as the kernels are called here: those of several like inputs take them as an array. */
interface KernelRunner {
  runKernel(
    kernel: string,
    inputs: Tensors | readonly Tensor[],
    attributes?: Readonly<Record<string, number | boolean | readonly number[]>>,
  ): Tensor | Tensor[];
}

export function kernelsOf(tf: TensorFlow): Kernels {
  const engine: KernelRunner = tf.engine();
  const one = (...call: Parameters<KernelRunner['runKernel']>): Tensor => {
    const result = engine.runKernel(...call);
    if (Array.isArray(result)) throw new TypeError(`${call[0]} gave several tensors`);
    return result;
  };
  function split(x: Tensor, rows: [number, number]): [Tensor, Tensor];
  function split(x: Tensor, rows: [number, number, number]): [Tensor, Tensor, Tensor];
  function split(x: Tensor, rows: readonly number[]): Tensor[] {
    return [engine.runKernel(tf.SplitV, { x }, { numOrSizeSplits: rows, axis: 0 })].flat();
  }
  return {
    add: (a, b) => one(tf.Add, { a, b }),
    sub: (a, b) => one(tf.Sub, { a, b }),
    mul: (a, b) => one(tf.Multiply, { a, b }),
    square: (x) => one(tf.Square, { x }),
    oneMinus: (x) => tf.sub(1, x),
    sigmoid: (x) => one(tf.Sigmoid, { x }),
    tanh: (x) => one(tf.Tanh, { x }),
    matMul: (a, b) => one(tf.BatchMatMul, { a, b }, { transposeA: false, transposeB: false }),
    stack: (tensors) => one(tf.Concat, tensors, { axis: 0 }),
    split,
  };
}
