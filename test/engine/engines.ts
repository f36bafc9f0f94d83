import type { Engine } from '../../src/engine/engine.ts';
import { onnxEngine } from '../../src/engine/onnx/engine.ts';

/** Every engine, each of which keeps the whole contract. */
export const engines: readonly Engine[] = [onnxEngine];
