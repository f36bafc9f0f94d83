import { createRequire } from 'node:module';
import util from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { EscribaError } from '../../errors.ts';
import type { Engine } from '../engine.ts';
import { tfjsEngine } from './engine.ts';
import type { TensorFlow } from './tensorflow.ts';

const library = '@tensorflow/tfjs-node';

/**
 * The engine of TensorFlow's own library, from the optional package `@tensorflow/tfjs-node`. The library takes its
 * threads when it is loaded, the first time; what a trainer, scorer or stepper is set up with later changes nothing.
 *
 * @param from the file whose `node_modules` the package is looked for in
 * @throws EscribaError if the package is not installed, or cannot be loaded.
 */
export function loadTfjsEngine(threads: number, from = import.meta.url): Engine {
  return tfjsEngine(loadTensorFlow(threads, from));
}

/** @throws EscribaError if the package is not installed. */
export function requireTensorFlow(from = import.meta.url): void {
  try {
    createRequire(from).resolve(library);
  } catch (cause) {
    throw new EscribaError(
      `The tfjs engine needs ${library}, which is not installed.`,
      `Install it with npm i ${library}, or use the onnx engine.`,
      { cause },
    );
  }
}

/** The library itself, as `loadTfjsEngine` loads it. */
export function loadTensorFlow(threads: number, from = import.meta.url): TensorFlow {
  requireTensorFlow(from);
  putBackNodeFunctions();
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  // Otherwise it says on the terminal which instructions it was built for.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
  // The library makes thousands of small objects a step. The heap would wait for many more of them before it is
  // collected, and the memory of the process would go on growing for a thousand steps.
  setFlagsFromString('--heap-growing-percent=30');
  try {
    const tf: TensorFlow = createRequire(from)(library);
    tf.enableProdMode();
    return tf;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EscribaError(
      `${library} is installed, but cannot be loaded: ${reason}`,
      `Reinstall it with npm i ${library}, or use the onnx engine.`,
      { cause },
    );
  }
}

/** The library calls functions of `util` that Node 23 took away, and one that it warns of. */
function putBackNodeFunctions(): void {
  const node: Record<string, unknown> = util;
  node.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  node.isArray = Array.isArray;
}
