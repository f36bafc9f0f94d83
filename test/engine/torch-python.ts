import { findPython } from '../../bench/python.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { loadTorchEngine, type TorchSetup } from '../../src/engine/torch/engine.ts';

/** Whether the tests' Python has PyTorch: ESCRIBA_PYTHON=.venv/bin/python, after pip install torch numpy. */
export const hasPytorch = (await findPython(undefined, () => {})) !== undefined;

/** The torch engine on two threads, in one process and in single precision unless asked otherwise. */
export function torchEngine(asked: Partial<TorchSetup> = {}): Promise<Engine> {
  return loadTorchEngine({ threads: 2, precision: 'fp32', processes: 1, nodes: 1, ...asked });
}
