import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { tfjsEngine } from '../../src/engine/tfjs/engine.ts';
import { hasPytorch, torchEngine } from './torch-python.ts';

/** Every engine, each of which keeps the whole contract; PyTorch's where the tests' Python has it. */
export const engines: readonly Engine[] = [
  onnxEngine,
  tfjsEngine(tf),
  ...(hasPytorch ? [await torchEngine()] : []),
];
