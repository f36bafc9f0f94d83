import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';
import { tfjsEngine } from '../../src/engine/tfjs/engine.ts';

/** Every engine, each of which keeps the whole contract. */
export const engines: readonly Engine[] = [onnxEngine, tfjsEngine(tf)];
