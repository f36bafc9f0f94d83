import type { TrainingSettings } from './settings.ts';

/**
 * The learning rate of a step (counted from 1): a linear warm-up to the peak, then half a cosine down to
 * `finalRatio` of it at the last step.
 */
export function learningRate(settings: TrainingSettings, step: number): number {
  const { learningRate: peak, warmUp, steps, finalRatio } = settings;
  if (step <= warmUp) return (peak * step) / warmUp;
  const progress = (step - warmUp) / Math.max(1, steps - warmUp);
  return peak * (finalRatio + (1 - finalRatio) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
