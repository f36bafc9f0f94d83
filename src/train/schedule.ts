import type { TrainingSettings } from './settings.ts';

/**
 * The learning rate of a step (counted from 1): a linear warm-up to the peak, then half a cosine down to
 * `finalShare` of it at the last step.
 */
export function learningRate(settings: TrainingSettings, step: number): number {
  const { learningRate: peak, warmUp, steps, finalShare } = settings;
  if (step <= warmUp) return (peak * step) / warmUp;
  const progress = (step - warmUp) / Math.max(1, steps - warmUp);
  return peak * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
