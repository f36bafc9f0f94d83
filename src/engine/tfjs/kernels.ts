import type { Tensor, TensorFlow, TensorInfo, Tensors } from './tensorflow.ts';

/** What a kernel is told beside its inputs, such as an axis. */
export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>;

/** One of TensorFlow's kernels. It gives new tensors, which the caller disposes of. */
export type Kernel = (inputs: Tensors | readonly Tensor[], attributes: Attributes) => Tensor[];

/**
 * A kernel of the present backend, called directly: the library's operations do the same with checks and scopes around
 * each kernel, which took a twentieth of a training step of 32 lanes.
 */
export function kernelOf(tf: TensorFlow, name: string): Kernel {
  const backend = tf.backend();
  const kernel: RegisteredKernel | undefined = tf.getKernel(name, tf.getBackend());
  if (!kernel) throw new TypeError(`TensorFlow's backend ${tf.getBackend()} has no ${name}`);
  const isTensor = (result: TensorInfo): result is Tensor => 'rank' in result;
  return (inputs, attrs) =>
    [kernel.kernelFunc({ inputs, attrs, backend })]
      .flat()
      .map((each) => (isTensor(each) ? each : tf.engine().makeTensorFromTensorInfo(each)));
}

/** A kernel as it is called here: one of several like inputs takes them as an array. */
interface RegisteredKernel {
  kernelFunc(call: {
    readonly inputs: Readonly<Record<string, TensorInfo | undefined>> | readonly Tensor[];
    readonly attrs?: Readonly<Record<string, unknown>>;
    readonly backend: object;
  }): TensorInfo | TensorInfo[];
}
