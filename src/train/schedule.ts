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

/** What a training writes of its own accord, at each evaluation and at the steps of `isSampleStep`. */
export const ownSample = { seed: '', temperature: 0.8 };

export const firstSampleStep = 20;

/** Whether a training writes after a step, beside its evaluations: at 20, 50, 100, 200, 500, 1,000 and so on. */
export function isSampleStep(step: number): boolean {
  let leading = step;
  while (leading > 0 && leading % 10 === 0) leading /= 10;
  return step >= firstSampleStep && [1, 2, 5].includes(leading);
}

/**
 * Whether a training is evaluated after a step: every so many, at its end, and before the first of those where it
 * writes anyway, if that stays under a twenty-fifth of the time.
 * @param validationLength tokens of the validation part
 */
export function isEvaluationStep(
  settings: Pick<TrainingSettings, 'batch' | 'unroll' | 'steps' | 'evaluateEvery'>,
  validationLength: number,
  step: number,
): boolean {
  const { steps, evaluateEvery } = settings;
  if (step === 0) return false;
  if (step % evaluateEvery === 0 || step >= steps) return true;
  const least = leastEvaluationInterval(settings, validationLength);
  return step < evaluateEvery && isSampleStep(step) && step >= least;
}

/** Steps between two evaluations that keep them under a twenty-fifth of the time: a step costs three times its reading. */
export function leastEvaluationInterval(
  { batch, unroll }: Pick<TrainingSettings, 'batch' | 'unroll'>,
  validationLength: number,
): number {
  return (25 * validationLength) / (3 * batch * unroll);
}
