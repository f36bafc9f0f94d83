import { at, type Tensor, type TensorFlow, type TensorInfo, type Tensors } from './tensorflow.ts';

/**
 * What a time step computes with: TensorFlow's kernels alone. The operations of the library do the same, but with checks
 * and scopes of their own around each kernel, which took a twentieth of a training step of 32 lanes.
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
  split(x: Tensor, rows: [number, number, number, number]): [Tensor, Tensor, Tensor, Tensor];
  split(x: Tensor, rows: readonly number[]): Tensor[];
}

export function kernelsOf(tf: TensorFlow): Kernels {
  const several = (name: string): Kernel => {
    const kernel: RegisteredKernel = tf.getKernel(name, tf.getBackend());
    const backend = tf.backend();
    const isTensor = (result: TensorInfo): result is Tensor => 'rank' in result;
    return (inputs, attrs = {}) =>
      [kernel.kernelFunc({ inputs, attrs, backend })]
        .flat()
        .map((each) => (isTensor(each) ? each : tf.engine().makeTensorFromTensorInfo(each)));
  };
  const one = (name: string): ((...call: Parameters<Kernel>) => Tensor) => {
    const kernel = several(name);
    return (inputs, attributes) => at(kernel(inputs, attributes), 0);
  };
  const [add, sub, mul, square] = [one(tf.Add), one(tf.Sub), one(tf.Multiply), one(tf.Square)];
  const [sigmoid, tanh] = [one(tf.Sigmoid), one(tf.Tanh)];
  const [matMul, concat, splitV] = [one(tf.BatchMatMul), one(tf.Concat), several(tf.SplitV)];

  function split(x: Tensor, rows: [number, number]): [Tensor, Tensor];
  function split(
    x: Tensor,
    rows: [number, number, number, number],
  ): [Tensor, Tensor, Tensor, Tensor];
  function split(x: Tensor, rows: readonly number[]): Tensor[];
  function split(x: Tensor, rows: readonly number[]): Tensor[] {
    return splitV({ x }, { numOrSizeSplits: rows, axis: 0 });
  }
  return {
    add: (a, b) => add({ a, b }),
    sub: (a, b) => sub({ a, b }),
    mul: (a, b) => mul({ a, b }),
    square: (x) => square({ x }),
    oneMinus: (x) => tf.sub(1, x),
    sigmoid: (x) => sigmoid({ x }),
    tanh: (x) => tanh({ x }),
    matMul: (a, b) => matMul({ a, b }, { transposeA: false, transposeB: false }),
    stack: (tensors) => concat(tensors, { axis: 0 }),
    split,
  };
}

type Kernel = (
  inputs: Tensors | readonly Tensor[],
  attributes?: Readonly<Record<string, number | boolean | readonly number[]>>,
) => Tensor[];

/** A kernel as it is called here: one of several like inputs takes them as an array. */
interface RegisteredKernel {
  kernelFunc(call: {
    readonly inputs: Readonly<Record<string, TensorInfo | undefined>> | readonly Tensor[];
    readonly attrs?: Readonly<Record<string, unknown>>;
    readonly backend: object;
  }): TensorInfo | TensorInfo[];
}
