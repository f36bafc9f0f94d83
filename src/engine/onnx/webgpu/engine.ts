import type { Engine } from '../../engine.ts';
import { onnxEngine } from '../engine.ts';
import { stepperOn } from '../stepper.ts';
import { CardSession } from './card-session.ts';
import { cardScorer } from './scorer.ts';
import { cardTrainer } from './trainer.ts';

/**
 * ONNX Runtime on a graphics card: Direct3D 12 on Windows, Metal on a Mac, Vulkan on Linux. A card may add up in another
 * order each time, so the last digits of what it computes need not repeat.
 *
 * @param card what the card is called
 */
export function cardEngine(card: string): Engine {
  return {
    ...onnxEngine,
    card,
    trainer: cardTrainer,
    scorer: cardScorer,
    // Weights in eight bits are for processors.
    stepper: (setup) =>
      stepperOn({ ...setup, quantized: false }, (file) => CardSession.create(file)),
  };
}
