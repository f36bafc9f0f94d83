import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { onnxScorer } from './scorer.ts';
import { onnxStepper } from './stepper.ts';
import { onnxTrainer } from './trainer.ts';

const packageFile: unknown = createRequire(import.meta.url)('onnxruntime-node/package.json');

/** ONNX Runtime: the default engine. */
export const onnxEngine: Engine = {
  name: 'onnx',
  version: z.object({ version: z.string() }).parse(packageFile).version,
  trainer: onnxTrainer,
  scorer: onnxScorer,
  stepper: onnxStepper,
};
